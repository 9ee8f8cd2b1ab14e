using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace Realtime.Web.Models.Definitions.Rules;

/// <summary>A rule of a definition. Null and the empty text comply with every rule: <see cref="NeededAttribute"/> is about those.</summary>
/// <param name="rule">Its name.</param>
/// <param name="argument">Its argument, as JSON.</param>
[AttributeUsage(AttributeTargets.Property, AllowMultiple = true)]
public sealed class RuleAttribute(string rule, string argument) : ValidationAttribute
{
    private readonly Check _check = Definitions.Rules.Rule.All[rule].Prepare(JsonElement.Parse(argument));

    /// <summary>Its name.</summary>
    public string Rule { get; } = rule;

    /// <summary>Its argument, as JSON.</summary>
    public string Argument { get; } = argument;

    /// <inheritdoc/>
    public override object TypeId => this;      // attributes of one type id count as one

    /// <inheritdoc/>
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        var isExempt = value is null || (value is "" && Rule != "isNotEmptyString");
        return isExempt || _check(value!) is not { } complaint
            ? ValidationResult.Success
            : new ValidationResult($"The attribute \"{validationContext.MemberName}\" {complaint}.", [validationContext.MemberName!]);
    }
}
