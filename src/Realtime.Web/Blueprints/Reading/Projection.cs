using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Realtime.Web.Models;

namespace Realtime.Web.Blueprints.Reading;

/// <summary>
/// Makes the expression that reads records of a shape as arrays of values: the key, the attributes, the keys of
/// references, the populated records. <see cref="Record"/> knows the places.
/// </summary>
internal static class Projection
{
    public static IQueryable<object?[]> Select(IQueryable records, RecordShape shape)
    {
        var record = Expression.Parameter(records.ElementType, "record");
        return records.Provider.CreateQuery<object?[]>(Expression.Call(
            typeof(Queryable), nameof(Queryable.Select), [records.ElementType, typeof(object[])],
            Untracked(records), Expression.Quote(Expression.Lambda(Values(shape, record), record))));
    }

    // Arrays are not tracked anyway, but EF Core would refuse to read an owned object without its owner.
    private static MethodCallExpression Untracked(IQueryable records) => Expression.Call(
        typeof(EntityFrameworkQueryableExtensions), nameof(EntityFrameworkQueryableExtensions.AsNoTracking), [records.ElementType], records.Expression);

    private static NewArrayExpression Values(RecordShape shape, Expression record) => Expression.NewArrayInit(typeof(object),
    [
        .. shape.Model.Key.Properties.Select(property => Boxed(Records.Value(record, property))),
        .. shape.Attributes.Select(attribute => Boxed(Records.Value(record, attribute.Member))),
        .. shape.References.SelectMany(reference => reference.Columns!).Select(column => Boxed(Records.Value(record, column))),
        .. shape.Populated.Select(populated => populated.Association.IsPlural ? Many(populated, record) : One(populated, record)),
    ]);

    private static UnaryExpression One(PopulatedShape populated, Expression record)
    {
        var target = Records.Value(record, populated.Association.Navigation);
        Expression isThere = Expression.NotEqual(target, Expression.Constant(null, target.Type));
        if (populated.Filter is { } filter)
            isThere = Expression.AndAlso(isThere, new Replace(filter.Parameters[0], target).Visit(filter.Body));
        return Boxed(Expression.Condition(isThere, Values(populated.Shape, target), Expression.Constant(null, typeof(object[]))));
    }

    private static UnaryExpression Many(PopulatedShape populated, Expression record)
    {
        var type = populated.Association.Target.EntityType.ClrType;
        var children = Records.Value(record, populated.Association.Navigation);
        if (populated.Filter is { } filter)
            children = Expression.Call(typeof(Enumerable), nameof(Enumerable.Where), [type], children, filter);
        var isFirst = true;
        foreach (var property in populated.Association.Target.Key.Properties)
        {
            var child = Expression.Parameter(type, "child");
            children = Expression.Call(typeof(Enumerable), isFirst ? nameof(Enumerable.OrderBy) : nameof(Enumerable.ThenBy),
                [type, property.ClrType], children, Expression.Lambda(Records.Value(child, property), child));
            isFirst = false;
        }
        if (populated.Limit is { } limit)
            children = Expression.Call(typeof(Enumerable), nameof(Enumerable.Take), [type], children, Expression.Constant(limit));
        var each = Expression.Parameter(type, "child");
        var values = Expression.Call(typeof(Enumerable), nameof(Enumerable.Select), [type, typeof(object[])],
            children, Expression.Lambda(Values(populated.Shape, each), each));
        return Boxed(Expression.Call(typeof(Enumerable), nameof(Enumerable.ToList), [typeof(object[])], values));
    }

    private static UnaryExpression Boxed(Expression value) => Expression.Convert(value, typeof(object));

    private sealed class Replace(ParameterExpression from, Expression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : node;
    }
}
