namespace Realtime.Web.Blueprints.Criteria;

/// <summary>Understands a <c>where</c>, or attribute filters, within bounds of depth and size (contract B-20, B-21).</summary>
internal sealed class WhereReader(ModelAttributes attributes, CriteriaOptions options)
{
    private readonly ConstraintReader _constraints = new(options);
    private int _terms;

    /// <summary>Reads an object: all of its members have to hold.</summary>
    public Condition Read(Given where, int depth = 1)
    {
        if (where.Kind != GivenKind.Object)
            throw CriteriaCodes.Refuse($"A where clause is an object of attributes, \"and\", \"or\" and \"not\", not {where}.");
        return Read(where.Members, depth);
    }

    /// <summary>Reads parameters that stand for a <c>where</c>.</summary>
    public Condition Read(IEnumerable<(string Name, Given Value)> members, int depth = 1)
    {
        if (depth > options.MaxDepth)
            throw CriteriaCodes.Refuse($"The where clause is nested deeper than {options.MaxDepth} levels.");
        var parts = new List<Condition>();
        foreach (var (name, value) in members)
        {
            CountTerm();
            parts.Add(name switch
            {
                "and" => Condition.AllOf(Branches(name, value, depth)),
                "or" => new Any(Branches(name, value, depth)),
                "not" => new Not(Read(value, depth + 1)),
                _ => _constraints.Read(attributes[name], value, CountTerm, depth),
            });
        }
        return Condition.AllOf(parts);
    }

    private List<Condition> Branches(string name, Given value, int depth)
    {
        if (value.Kind != GivenKind.List)
            throw CriteriaCodes.Refuse($"\"{name}\" takes a list of where clauses, not {value}.");
        var branches = new List<Condition>();
        foreach (var branch in value.Items)
        {
            CountTerm();
            branches.Add(Read(branch, depth + 1));
        }
        return branches;
    }

    private void CountTerm()
    {
        if (++_terms > options.MaxTerms)
            throw CriteriaCodes.Refuse($"The where clause has more than {options.MaxTerms} conditions.");
    }
}
