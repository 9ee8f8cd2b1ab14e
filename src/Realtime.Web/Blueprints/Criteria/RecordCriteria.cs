using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Realtime.Web.Blueprints.Criteria;

/// <summary>
/// What a request asks for, understood and checked: which records, in which order, how many, and what of them.
/// </summary>
public sealed class RecordCriteria
{
    private readonly ModelAttributes _attributes;
    private readonly Condition _where;

    internal RecordCriteria(ModelAttributes attributes, Condition where) => (_attributes, _where) = (attributes, where);

    /// <summary>The model that the criteria are about.</summary>
    public IEntityType Model => _attributes.Model;

    /// <summary>What was asked to be sorted by; <see cref="Apply{T}"/> adds the primary key, so that pages are stable.</summary>
    public IReadOnlyList<SortKey> Sort { get; internal init; } = [];

    /// <summary>How many records to pass over.</summary>
    public int Skip { get; internal init; }

    /// <summary>How many records at most; null: all. Zero means an empty answer.</summary>
    public int? Limit { get; internal init; }

    /// <summary>
    /// The JSON names of the attributes to show, the primary key among them; null: all. Populated associations come
    /// along whether they are named or not.
    /// </summary>
    public IReadOnlySet<string>? Fields { get; internal init; }

    /// <summary>The associations to bring along.</summary>
    public IReadOnlyList<PopulatedAssociation> Populates { get; internal init; } = [];

    /// <summary>Whether <c>select</c> and <c>omit</c> leave an attribute in the answer.</summary>
    /// <param name="attribute">Its JSON name.</param>
    public bool Shows(string attribute) => Fields is null || Fields.Contains(attribute);

    /// <summary>The records that the filter lets through, unordered and all of them: for counts and checks.</summary>
    /// <exception cref="ArgumentException">The query is about another model.</exception>
    public IQueryable<T> Filter<T>(IQueryable<T> records) => (IQueryable<T>)Filter((IQueryable)records);

    /// <inheritdoc cref="Filter{T}"/>
    public IQueryable Filter(IQueryable records)
    {
        var record = RecordOf(records);
        return ReferenceEquals(_where, Condition.True) ? records : Call(records, nameof(Queryable.Where), [], new ConditionTranslator(record).Translate(_where), record);
    }

    /// <summary>The records that were asked for: filtered, sorted (by the primary key last), skipped and limited.</summary>
    /// <exception cref="ArgumentException">The query is about another model.</exception>
    public IQueryable<T> Apply<T>(IQueryable<T> records) => (IQueryable<T>)Apply((IQueryable)records);

    /// <inheritdoc cref="Apply{T}"/>
    public IQueryable Apply(IQueryable records)
    {
        records = Ordered(Filter(records));
        if (Skip > 0)
            records = Paged(records, nameof(Queryable.Skip), Skip);
        return Limit is { } limit ? Paged(records, nameof(Queryable.Take), limit) : records;
    }

    private IQueryable Ordered(IQueryable records)
    {
        var record = RecordOf(records);
        var translator = new ConditionTranslator(record);
        var keys = Sort.Concat(_attributes.Key
            .Where(part => part.HasOrder && !Sort.Any(key => key.By.Column == part.Column))
            .Select(part => new SortKey(part, descending: false)));
        var isFirst = true;
        foreach (var key in keys)
        {
            var method = (isFirst, key.Descending) switch
            {
                (true, false) => nameof(Queryable.OrderBy),
                (true, true) => nameof(Queryable.OrderByDescending),
                (false, false) => nameof(Queryable.ThenBy),
                (false, true) => nameof(Queryable.ThenByDescending),
            };
            records = Call(records, method, [key.By.Column!.ClrType], translator.ValueOf(key.By), record);
            isFirst = false;
        }
        return records;
    }

    private ParameterExpression RecordOf(IQueryable records) => Model.ClrType.IsAssignableFrom(records.ElementType)
        ? Expression.Parameter(records.ElementType, "record")
        : throw new ArgumentException($"Criteria about {Model.DisplayName()} do not apply to a query of {records.ElementType.Name}.", nameof(records));

    private static IQueryable Call(IQueryable records, string method, Type[] types, Expression body, ParameterExpression record) =>
        records.Provider.CreateQuery(Expression.Call(
            typeof(Queryable), method, [records.ElementType, .. types], records.Expression, Expression.Quote(Expression.Lambda(body, record))));

    private static IQueryable Paged(IQueryable records, string method, int count) =>
        records.Provider.CreateQuery(Expression.Call(
            typeof(Queryable), method, [records.ElementType], records.Expression, Captured.Value(count)));
}
