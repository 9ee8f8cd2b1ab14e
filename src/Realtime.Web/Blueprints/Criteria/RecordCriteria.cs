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
    public IQueryable<T> Filter<T>(IQueryable<T> records) => records.Provider.CreateQuery<T>(Filtered(records).Expression);

    /// <inheritdoc cref="Filter{T}"/>
    public IQueryable Filter(IQueryable records) => records.Provider.CreateQuery(Filtered(records).Expression);

    /// <summary>The records that were asked for: filtered, sorted (by the primary key last), skipped and limited.</summary>
    /// <exception cref="ArgumentException">The query is about another model.</exception>
    public IQueryable<T> Apply<T>(IQueryable<T> records) => records.Provider.CreateQuery<T>(Paged(records).Expression);

    /// <inheritdoc cref="Apply{T}"/>
    public IQueryable Apply(IQueryable records) => records.Provider.CreateQuery(Paged(records).Expression);

    private QueryComposer Filtered(IQueryable records)
    {
        if (!Model.ClrType.IsAssignableFrom(records.ElementType))
            throw new ArgumentException($"Criteria about {Model.DisplayName()} do not apply to a query of {records.ElementType.Name}.", nameof(records));
        var query = new QueryComposer(records);
        query.Filter(_where);
        return query;
    }

    private QueryComposer Paged(IQueryable records)
    {
        var query = Filtered(records);
        query.Sort(Sort.Concat(TieBreakers()));
        if (Skip > 0)
            query.Skip(Skip);
        if (Limit is { } limit)
            query.Take(limit);
        return query;
    }

    private IEnumerable<SortKey> TieBreakers() => _attributes.Key
        .Where(part => part.HasOrder && !Sort.Any(key => key.By.Column == part.Column))
        .Select(part => new SortKey(part, descending: false));
}
