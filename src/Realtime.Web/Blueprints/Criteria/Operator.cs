using System.Collections.Frozen;

namespace Realtime.Web.Blueprints.Criteria;

internal enum Operator { NotEqual, Not, Less, LessOrEqual, Greater, GreaterOrEqual, In, NotIn, Contains, StartsWith, EndsWith, Like }

/// <summary>The operators by the names that callers write, older ones included (contract B-20).</summary>
internal static class Operators
{
    private static readonly FrozenDictionary<string, Operator> ByName = new Dictionary<string, Operator>(StringComparer.Ordinal)
    {
        ["!="] = Operator.NotEqual,
        ["!=="] = Operator.NotEqual,
        ["!"] = Operator.Not,
        ["not"] = Operator.Not,
        ["<"] = Operator.Less,
        ["lessThan"] = Operator.Less,
        ["<="] = Operator.LessOrEqual,
        ["lessThanOrEqual"] = Operator.LessOrEqual,
        [">"] = Operator.Greater,
        ["greaterThan"] = Operator.Greater,
        [">="] = Operator.GreaterOrEqual,
        ["greaterThanOrEqual"] = Operator.GreaterOrEqual,
        ["in"] = Operator.In,
        ["nin"] = Operator.NotIn,
        ["contains"] = Operator.Contains,
        ["startsWith"] = Operator.StartsWith,
        ["endsWith"] = Operator.EndsWith,
        ["like"] = Operator.Like,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <exception cref="Realtime.Actors.RealtimeException">There is none of this name.</exception>
    public static Operator Parse(string name, ModelAttribute attribute) => ByName.TryGetValue(name, out var known)
        ? known
        : throw CriteriaCodes.Refuse($"The attribute \"{attribute.Name}\" knows no operator {CriteriaCodes.Quote(name)}: "
            + "use !=, <, <=, >, >=, in, nin, contains, startsWith, endsWith or like.");
}
