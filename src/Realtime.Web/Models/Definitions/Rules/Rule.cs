using System.Collections.Frozen;
using System.Text.Json;

namespace Realtime.Web.Models.Definitions.Rules;

/// <summary>Judges a value that is neither null nor an empty text.</summary>
/// <returns>Null if it complies, otherwise what it must do, to be put behind "The attribute …".</returns>
internal delegate string? Check(object value);

/// <summary>A rule that values of attributes can be made to comply with, by its name in Sails.</summary>
/// <param name="Name">Its name in definitions.</param>
/// <param name="Types">The types of the attributes that can have it.</param>
/// <param name="IsFlag">Whether it is switched on by <c>true</c>, not given an argument.</param>
/// <param name="Prepare">Makes the check of an argument. Throws <see cref="RuleArgumentException"/> if it is not to be used.</param>
internal sealed record Rule(string Name, IReadOnlyList<DefinedType> Types, bool IsFlag, Func<JsonElement, Check> Prepare)
{
    /// <summary>All rules.</summary>
    public static IReadOnlyDictionary<string, Rule> All { get; } =
        TextRules.All.Concat(ValueRules.All).ToFrozenDictionary(rule => rule.Name, StringComparer.Ordinal);

    public static Rule Flag(string name, IReadOnlyList<DefinedType> types, Func<object, bool> complies, string complaint) =>
        new(name, types, true, argument => argument.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? value => complies(value) ? null : complaint
            : throw new RuleArgumentException("true or false"));
}
