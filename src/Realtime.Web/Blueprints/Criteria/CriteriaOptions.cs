using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Realtime.Web.Blueprints.Criteria;

/// <summary>
/// How criteria are read. An instance keeps what it has learned of each model: make one per application, not one per
/// request.
/// </summary>
public sealed class CriteriaOptions
{
    private readonly ConditionalWeakTable<IEntityType, ModelAttributes> _models = [];

    /// <summary>How many records an answer has when the request does not say; 30 (contract B-11). Null: all.</summary>
    public int? DefaultLimit { get; init; } = 30;

    /// <summary>How many children each plural association is populated with when the request names none; 30 (B-14). Null: all.</summary>
    public int? DefaultPopulateLimit { get; init; } = 30;

    /// <summary>The highest <c>limit</c> that a request may ask for; more, or no limit, is refused. Null (the default): any (B-11).</summary>
    public int? MaxLimit { get; init; }

    /// <summary>How deep <c>and</c>, <c>or</c> and <c>not</c> may be nested, the outermost object included; 25 (B-21).</summary>
    public int MaxDepth { get; init; } = 25;

    /// <summary>How many conditions and branches a <c>where</c> may have in all; 250. It also keeps SQLite's depth of expressions.</summary>
    public int MaxTerms { get; init; } = 250;

    /// <summary>How many values the lists of a <c>where</c> may have in all; 1,000.</summary>
    public int MaxValues { get; init; } = 1_000;

    /// <summary>How long the operand of a text operator may be, in characters; 1,000. SQLite takes 50,000 bytes of pattern.</summary>
    public int MaxPatternLength { get; init; } = 1_000;

    /// <summary>Which attributes and associations criteria may not know of; by default those with <c>[JsonIgnore]</c>.</summary>
    public Func<IReadOnlyPropertyBase, bool> IsHidden { get; init; } = static member =>
        member.PropertyInfo?.GetCustomAttribute<JsonIgnoreAttribute>() is { Condition: JsonIgnoreCondition.Always };

    /// <summary>The JSON name of an attribute; by default <c>[JsonPropertyName]</c>, else the name in camel case.</summary>
    public Func<IReadOnlyPropertyBase, string> NameOf { get; init; } = static member =>
        member.PropertyInfo?.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? JsonNamingPolicy.CamelCase.ConvertName(member.Name);

    internal ModelAttributes AttributesOf(IEntityType model) => _models.GetValue(model, key => new ModelAttributes(key, this));
}
