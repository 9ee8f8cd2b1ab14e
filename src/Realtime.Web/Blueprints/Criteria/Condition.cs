namespace Realtime.Web.Blueprints.Criteria;

internal enum Comparison { Equal, Less, LessOrEqual, Greater, GreaterOrEqual }

/// <summary>
/// A <c>where</c>, understood. Each condition is true or false of a record, never unknown: an attribute without a value
/// equals nothing, is neither less nor greater, and holds no text; <see cref="Not"/> is the exact complement. So the
/// answer is the same on every datastore, whatever it does with NULL.
/// </summary>
internal abstract record Condition
{
    public static readonly Condition True = new All([]);
    public static readonly Condition False = new Any([]);

    public static Condition AllOf(IReadOnlyList<Condition> parts) => parts switch
    {
        [] => True,
        [var only] => only,
        _ => new All(parts),
    };
}

internal sealed record All(IReadOnlyList<Condition> Parts) : Condition;

internal sealed record Any(IReadOnlyList<Condition> Parts) : Condition;

internal sealed record Not(Condition Part) : Condition;

internal sealed record IsNull(ModelAttribute Attribute) : Condition;

internal sealed record Compares(ModelAttribute Attribute, Comparison How, object Value) : Condition;

internal sealed record OneOf(ModelAttribute Attribute, IReadOnlyList<object> Values) : Condition;

/// <param name="Attribute">An attribute with text.</param>
/// <param name="Pattern">A pattern as <see cref="LikePattern"/> writes it.</param>
internal sealed record Matches(ModelAttribute Attribute, string Pattern) : Condition;
