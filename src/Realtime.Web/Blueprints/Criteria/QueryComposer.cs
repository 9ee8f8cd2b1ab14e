using System.Linq.Expressions;
using System.Reflection;

namespace Realtime.Web.Blueprints.Criteria;

/// <summary>Puts conditions, an order and a page around an expression that stands for records.</summary>
internal sealed class QueryComposer
{
    private readonly ParameterExpression _record;
    private readonly ConditionTranslator _translator;

    public QueryComposer(IQueryable records)
    {
        _record = Expression.Parameter(records.ElementType, "record");
        _translator = new ConditionTranslator(_record);
        Expression = records.Expression;
    }

    public Expression Expression { get; private set; }

    public void Filter(Condition where)
    {
        if (!ReferenceEquals(where, Condition.True))
            Call(QueryMethods.Where.MakeGenericMethod(_record.Type), Lambda(_translator.Translate(where)));
    }

    public void Sort(IEnumerable<SortKey> keys)
    {
        var isFirst = true;
        foreach (var key in keys)
        {
            var method = (isFirst, key.Descending) switch
            {
                (true, false) => QueryMethods.OrderBy,
                (true, true) => QueryMethods.OrderByDescending,
                (false, false) => QueryMethods.ThenBy,
                (false, true) => QueryMethods.ThenByDescending,
            };
            Call(method.MakeGenericMethod(_record.Type, key.By.Column!.ClrType), Lambda(_translator.ValueOf(key.By)));
            isFirst = false;
        }
    }

    public void Skip(int count) => Call(QueryMethods.Skip.MakeGenericMethod(_record.Type), Captured.Value(count));

    public void Take(int count) => Call(QueryMethods.Take.MakeGenericMethod(_record.Type), Captured.Value(count));

    private void Call(MethodInfo method, Expression argument) => Expression = Expression.Call(method, Expression, argument);

    private UnaryExpression Lambda(Expression body) => Expression.Quote(Expression.Lambda(body, _record));
}
