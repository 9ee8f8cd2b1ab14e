using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;

namespace Realtime.Web.Blueprints.Criteria;

/// <summary>Makes expression trees of conditions, over the properties of the model and nothing else.</summary>
internal sealed class ConditionTranslator(ParameterExpression record)
{
    public Expression Translate(Condition condition) => condition switch
    {
        All all => Joined(all.Parts, Expression.AndAlso, empty: true),
        Any any => Joined(any.Parts, Expression.OrElse, empty: false),
        Not not => Expression.Not(Translate(not.Part)),
        IsNull isNull => IsNull(isNull.Attribute),
        Compares compares => Compare(compares),
        OneOf { Values.Count: 0 } => Expression.Constant(false),
        OneOf oneOf => IsOneOf(oneOf),
        Matches matches => WithValue(matches.Attribute, IsLike(matches)),
        _ => throw new NotSupportedException($"No translation for {condition.GetType().Name}."),
    };

    /// <summary>The value of an attribute, wherever the entity keeps it: property, field, shadow, property bag.</summary>
    public Expression ValueOf(ModelAttribute attribute) => Expression.Call(
        QueryMethods.Property.MakeGenericMethod(attribute.Column!.ClrType), record, Expression.Constant(attribute.Column.Name));

    private Expression Joined(IReadOnlyList<Condition> parts, Func<Expression, Expression, Expression> join, bool empty) =>
        parts.Count == 0 ? Expression.Constant(empty) : parts.Select(Translate).Aggregate(join);

    private Expression IsNull(ModelAttribute attribute) => attribute.Column!.IsNullable
        ? Expression.Equal(ValueOf(attribute), Expression.Constant(null, attribute.Column.ClrType))
        : Expression.Constant(false);

    // NOT (NULL > 3) is neither true nor false to a datastore. EF Core knows, but would help itself with a CASE, which no
    // index serves; with the check it says "IS NULL OR <= 3", and leaves the check out where nothing is negated.
    private Expression WithValue(ModelAttribute attribute, Expression test) => attribute.Column!.IsNullable
        ? Expression.AndAlso(Expression.Not(IsNull(attribute)), test)
        : test;

    private Expression Compare(Compares compares)
    {
        var (left, right) = (ValueOf(compares.Attribute), Captured.Value(compares.Attribute.Column!.ClrType, compares.Value));
        if (compares.How == Comparison.Equal)
            return Expression.Equal(left, right);
        if (compares.Attribute.Kind == ValueKind.Text)
            (left, right) = (Expression.Call(QueryMethods.CompareText, left, right), Expression.Constant(0));
        return WithValue(compares.Attribute, compares.How switch
        {
            Comparison.Less => Expression.LessThan(left, right),
            Comparison.LessOrEqual => Expression.LessThanOrEqual(left, right),
            Comparison.Greater => Expression.GreaterThan(left, right),
            _ => Expression.GreaterThanOrEqual(left, right),
        });
    }

    private MethodCallExpression IsOneOf(OneOf oneOf)
    {
        var type = oneOf.Attribute.Column!.ClrType;
        var values = Array.CreateInstance(type, oneOf.Values.Count);
        for (var i = 0; i < values.Length; i++)
            values.SetValue(oneOf.Values[i], i);
        return Expression.Call(QueryMethods.IsIn.MakeGenericMethod(type),
            Captured.Value(typeof(IEnumerable<>).MakeGenericType(type), values), ValueOf(oneOf.Attribute));
    }

    private MethodCallExpression IsLike(Matches matches) => Expression.Call(QueryMethods.Like,
        Expression.Constant(EF.Functions), ValueOf(matches.Attribute), Captured.Value(matches.Pattern), Expression.Constant(LikePattern.Escape));
}
