using System.Linq.Expressions;
using System.Reflection;

namespace Realtime.Web.Blueprints.Criteria;

/// <summary>
/// A value that an expression reaches as it would reach a captured variable, so that EF Core makes it a parameter of
/// the SQL: one compiled query for all values, and no value in the text of a statement.
/// </summary>
internal static class Captured
{
    /// <summary>An expression of type <paramref name="type"/> for a value that may have to be made a nullable of it.</summary>
    public static Expression Value(Type type, object value) =>
        (Expression)Of.MakeGenericMethod(type).Invoke(null, [value])!;

    public static Expression Value<T>(T value) => Expression.Field(Expression.Constant(new Holder<T>(value)), nameof(Holder<>.Value));

    private static readonly MethodInfo Of = typeof(Captured).GetMethod(nameof(Boxed), BindingFlags.Static | BindingFlags.NonPublic)!;

    private static Expression Boxed<T>(object value) => Value((T)value);

    private sealed class Holder<T>(T value)
    {
        public readonly T Value = value;
    }
}
