namespace Realtime.Web.Blueprints.Criteria;

/// <summary>Understands what a <c>where</c> demands of one attribute: a value, a list of values, or operators (contract B-20, B-21).</summary>
internal sealed class ConstraintReader(ModelAttribute attribute, WhereBudget budget, int maxPatternLength)
{
    private string Name => attribute.Name;

    public Condition Read(Given given, int depth)
    {
        if (attribute.IsPlural)
            throw CriteriaCodes.Refuse($"The attribute \"{Name}\" is a collection: records cannot be filtered by it.");
        if (attribute.Column is null || attribute.Kind == ValueKind.Opaque)
            throw CriteriaCodes.Refuse($"Records cannot be filtered by the attribute \"{Name}\": it holds no single value.");
        if (given.Kind == GivenKind.Object)
            return Operations(given, depth);
        budget.AddTerm();
        return given.Kind switch
        {
            GivenKind.Null => new IsNull(attribute),
            GivenKind.List => In("in", given),
            _ => new Compares(attribute, Comparison.Equal, ValueReader.Read(attribute, given)),
        };
    }

    private Condition Operations(Given given, int depth)
    {
        budget.Enter(depth);
        var parts = given.Members.Select(member => Operation(member.Name, member.Value, depth)).ToList();
        return parts.Count > 0
            ? Condition.AllOf(parts)
            : throw CriteriaCodes.Refuse($"The attribute \"{Name}\" has an empty object for a constraint: give a value or an operator.");
    }

    private Condition Operation(string name, Given operand, int depth)
    {
        budget.AddTerm();
        return Operators.Parse(name, attribute) switch
        {
            Operator.NotEqual when operand.Kind == GivenKind.Object =>
                throw CriteriaCodes.Refuse($"\"{name}\" on the attribute \"{Name}\" takes a value or a list, not an object."),
            Operator.NotEqual or Operator.Not => new Not(Read(operand, depth + 1)),
            Operator.In => In(name, operand),
            Operator.NotIn => new Not(In(name, operand)),
            Operator.Less => Compare(name, Comparison.Less, operand),
            Operator.LessOrEqual => Compare(name, Comparison.LessOrEqual, operand),
            Operator.Greater => Compare(name, Comparison.Greater, operand),
            Operator.GreaterOrEqual => Compare(name, Comparison.GreaterOrEqual, operand),
            // Sails: a text that is empty is in every record, also in one without a value. An empty pattern for like is not.
            Operator.Contains => Search(name, operand) is { Length: > 0 } text ? Matches(LikePattern.Contains(text)) : Condition.True,
            Operator.StartsWith => Search(name, operand) is { Length: > 0 } text ? Matches(LikePattern.StartsWith(text)) : Condition.True,
            Operator.EndsWith => Search(name, operand) is { Length: > 0 } text ? Matches(LikePattern.EndsWith(text)) : Condition.True,
            Operator.Like => Matches(LikePattern.Like(Search(name, operand))),
            var other => throw new NotSupportedException($"No rule for {other}."),
        };
    }

    private OneOf In(string name, Given operand)
    {
        if (operand.Kind != GivenKind.List)
            throw CriteriaCodes.Refuse($"\"{name}\" on the attribute \"{Name}\" takes a list, not {operand}.");
        var values = new HashSet<object>();
        foreach (var item in operand.Items)
        {
            budget.AddValue();
            if (item.Kind == GivenKind.Null)
                throw CriteriaCodes.Refuse($"\"{name}\" on the attribute \"{Name}\" takes no null in its list: use \"or\" with {{\"{Name}\":null}}.");
            values.Add(ValueReader.Read(attribute, item));
        }
        return new OneOf(attribute, [.. values]);
    }

    private Compares Compare(string name, Comparison how, Given operand)
    {
        if (!attribute.IsComparable)
            throw CriteriaCodes.Refuse($"\"{name}\" does not apply to the attribute \"{Name}\", whose values have no order: use a value, != or in.");
        if (operand.Kind == GivenKind.Null)
            throw CriteriaCodes.Refuse($"\"{name}\" on the attribute \"{Name}\" takes a value, not null.");
        return new Compares(attribute, how, ValueReader.Read(attribute, operand));
    }

    private string Search(string name, Given operand)
    {
        if (!attribute.IsSearchable)
            throw CriteriaCodes.Refuse($"\"{name}\" applies to attributes that hold text, which \"{Name}\" does not.");
        if (operand.Kind == GivenKind.Null)
            throw CriteriaCodes.Refuse($"\"{name}\" on the attribute \"{Name}\" takes a text, not null.");
        var text = (string)ValueReader.Read(attribute, operand);
        return text.Length <= maxPatternLength
            ? text
            : throw CriteriaCodes.Refuse($"\"{name}\" on the attribute \"{Name}\" takes {maxPatternLength} characters at most.");
    }

    private Matches Matches(string pattern) => new(attribute, pattern);
}
