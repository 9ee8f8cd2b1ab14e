namespace Realtime.Web.Blueprints.Criteria;

/// <summary>What one <c>where</c> may still cost. A datastore's parser has bounds of its own, and an error where these end.</summary>
internal sealed class WhereBudget(CriteriaOptions options)
{
    private int _terms;
    private int _values;

    public void Enter(int depth)
    {
        if (depth > options.MaxDepth)
            throw CriteriaCodes.Refuse($"The where clause is nested deeper than {options.MaxDepth} levels.");
    }

    public void AddTerm()
    {
        if (++_terms > options.MaxTerms)
            throw CriteriaCodes.Refuse($"The where clause has more than {options.MaxTerms} conditions.");
    }

    public void AddValue()
    {
        if (++_values > options.MaxValues)
            throw CriteriaCodes.Refuse($"The lists of the where clause have more than {options.MaxValues} values.");
    }
}
