using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Realtime.Web.Blueprints.Criteria;

namespace Realtime.Web.Models;

/// <summary>Queries of models whose class is not known when this is compiled.</summary>
internal static class Records
{
    private static readonly MethodInfo Set = typeof(DbContext).GetMethod(nameof(DbContext.Set), 1, [])!;
    private static readonly MethodInfo NamedSet = typeof(DbContext).GetMethod(nameof(DbContext.Set), 1, [typeof(string)])!;

    /// <summary>All records of an entity type.</summary>
    public static IQueryable Of(DbContext context, IEntityType entity) => (IQueryable)(entity.HasSharedClrType
        ? NamedSet.MakeGenericMethod(entity.ClrType).Invoke(context, [entity.Name])
        : Set.MakeGenericMethod(entity.ClrType).Invoke(context, null))!;

    /// <summary>The record of a primary key, tracked, or null.</summary>
    public static async Task<object?> FindAsync(
        DbContext context, ModelDescription model, object[] key, LambdaExpression? filter, CancellationToken cancellation)
    {
        var records = WithKey(Of(context, model.EntityType), model, [key]);
        return await ((IQueryable<object>)Where(records, filter)).SingleOrDefaultAsync(cancellation);
    }

    /// <summary>The records with one of some primary keys.</summary>
    public static IQueryable WithKey(IQueryable records, ModelDescription model, IReadOnlyList<object[]> keys)
    {
        var record = Expression.Parameter(records.ElementType, "record");
        var matches = model.Key.Properties is [var only]
            ? Expression.Call(typeof(Enumerable), nameof(Enumerable.Contains), [only.ClrType], Captured.Value(
                typeof(IEnumerable<>).MakeGenericType(only.ClrType), Column(only.ClrType, keys)), Value(record, only))
            : AnyOf([.. keys.Select(key => Equal(record, model.Key.Properties, key))]);
        return Where(records, Expression.Lambda(matches, record));
    }

    /// <summary>The records that a condition holds for; null holds for all.</summary>
    public static IQueryable Where(IQueryable records, LambdaExpression? condition) => condition is null
        ? records
        : records.Provider.CreateQuery(Expression.Call(
            typeof(Queryable), nameof(Queryable.Where), [records.ElementType], records.Expression, Expression.Quote(condition)));

    /// <summary>Whether properties of a record have some values.</summary>
    public static Expression Equal(Expression record, IReadOnlyList<IProperty> properties, IReadOnlyList<object?> values)
    {
        Expression? matches = null;
        for (var i = 0; i < properties.Count; i++)
        {
            var isSame = Expression.Equal(Value(record, properties[i]), Captured.Value(properties[i].ClrType, values[i]!));
            matches = matches is null ? isSame : Expression.AndAlso(matches, isSame);
        }
        return matches!;
    }

    /// <summary>A member of a record, wherever the entity keeps it.</summary>
    public static Expression Value(Expression record, IPropertyBase member) => member is IComplexProperty
        // EF Core does not know a complex object by its name, but it is never in the shadow.
        ? Expression.MakeMemberAccess(record, (System.Reflection.MemberInfo?)member.PropertyInfo ?? member.FieldInfo!)
        : Expression.Call(typeof(EF), nameof(EF.Property), [member.ClrType], record, Expression.Constant(member.Name));

    private static Array Column(Type type, IReadOnlyList<object[]> keys)
    {
        var column = Array.CreateInstance(type, keys.Count);
        for (var i = 0; i < keys.Count; i++)
            column.SetValue(keys[i][0], i);
        return column;
    }

    // By halves: datastores bound the depth of an expression.
    private static Expression AnyOf(ReadOnlySpan<Expression> conditions) => conditions switch
    {
        [] => Expression.Constant(false),
        [var only] => only,
        _ => Expression.OrElse(AnyOf(conditions[..(conditions.Length / 2)]), AnyOf(conditions[(conditions.Length / 2)..])),
    };
}
