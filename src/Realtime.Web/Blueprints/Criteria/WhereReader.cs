namespace Realtime.Web.Blueprints.Criteria;

/// <summary>Understands a <c>where</c>, or the attribute filters that stand for one (contract B-10, B-20, B-21).</summary>
internal sealed class WhereReader(ModelAttributes attributes, CriteriaOptions options)
{
    private readonly WhereBudget _budget = new(options);

    public Condition Read(Given where, int depth = 1) => where.Kind == GivenKind.Object
        ? Read(where.Members, depth)
        : throw CriteriaCodes.Refuse($"A where clause is an object of attributes, \"and\", \"or\" and \"not\", not {where}.");

    /// <summary>Reads members that all have to hold.</summary>
    public Condition Read(IEnumerable<(string Name, Given Value)> members, int depth = 1)
    {
        _budget.Enter(depth);
        var parts = new List<Condition>();
        foreach (var (name, value) in members)
        {
            parts.Add(name switch
            {
                "and" => Condition.AllOf(Branches(name, value, depth)),
                "or" => new Any(Branches(name, value, depth)),
                "not" => new Not(Read(value, depth + 1)),
                _ => new ConstraintReader(attributes[name], _budget, options.MaxPatternLength).Read(value, depth),
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
            _budget.AddTerm();
            branches.Add(Read(branch, depth + 1));
        }
        return branches;
    }
}
