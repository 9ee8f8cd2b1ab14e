using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore;

namespace Realtime.Web.Blueprints.Criteria;

/// <summary>The methods that queries are made of, looked up once: a search by name for each call took most of the time.</summary>
internal static class QueryMethods
{
    public static readonly MethodInfo Where = Definition<Func<IQueryable<int>, Expression<Func<int, bool>>, IQueryable<int>>>(Queryable.Where);
    public static readonly MethodInfo OrderBy = Definition<Func<IQueryable<int>, Expression<Func<int, int>>, IQueryable<int>>>(Queryable.OrderBy);
    public static readonly MethodInfo OrderByDescending = Definition<Func<IQueryable<int>, Expression<Func<int, int>>, IQueryable<int>>>(Queryable.OrderByDescending);
    public static readonly MethodInfo ThenBy = Definition<Func<IOrderedQueryable<int>, Expression<Func<int, int>>, IQueryable<int>>>(Queryable.ThenBy);
    public static readonly MethodInfo ThenByDescending = Definition<Func<IOrderedQueryable<int>, Expression<Func<int, int>>, IQueryable<int>>>(Queryable.ThenByDescending);
    public static readonly MethodInfo Skip = Definition<Func<IQueryable<int>, int, IQueryable<int>>>(Queryable.Skip);
    public static readonly MethodInfo Take = Definition<Func<IQueryable<int>, int, IQueryable<int>>>(Queryable.Take);
    public static readonly MethodInfo IsIn = Definition<Func<IEnumerable<int>, int, bool>>(Enumerable.Contains);
    public static readonly MethodInfo Property = Definition<Func<object, string, int>>(EF.Property<int>);
    public static readonly MethodInfo CompareText = ((Func<string, string, int>)string.Compare).Method;
    public static readonly MethodInfo Like = ((Func<DbFunctions, string, string, string, bool>)DbFunctionsExtensions.Like).Method;

    private static MethodInfo Definition<TDelegate>(TDelegate method)
        where TDelegate : Delegate => method.Method.GetGenericMethodDefinition();
}
