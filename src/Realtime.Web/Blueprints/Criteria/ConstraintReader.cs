namespace Realtime.Web.Blueprints.Criteria;

/// <summary>Understands what a <c>where</c> demands of one attribute (contract B-20, B-21).</summary>
internal sealed class ConstraintReader(CriteriaOptions options)
{
    private int _values;

    /// <param name="attribute">The attribute.</param>
    /// <param name="given">A value, a list of values, or an object of operators.</param>
    /// <param name="countTerm">Is told of each further condition.</param>
    /// <param name="depth">The level of nesting.</param>
    public Condition Read(ModelAttribute attribute, Given given, Action countTerm, int depth)
    {
        if (attribute.IsPlural)
            throw CriteriaCodes.Refuse($"The attribute \"{attribute.Name}\" is a collection: records cannot be filtered by it.");
        if (attribute.Column is null || attribute.Kind == ValueKind.Opaque)
            throw CriteriaCodes.Refuse($"Records cannot be filtered by the attribute \"{attribute.Name}\": it holds no single value.");
        return given.Kind switch
        {
            GivenKind.Null => new IsNull(attribute),
            GivenKind.List => In(attribute, "in", given),
            GivenKind.Object => Operations(attribute, given, countTerm, depth),
            _ => new Compares(attribute, Comparison.Equal, ValueReader.Read(attribute, given)),
        };
    }

    private Condition Operations(ModelAttribute attribute, Given given, Action countTerm, int depth)
    {
        if (depth > options.MaxDepth)
            throw CriteriaCodes.Refuse($"The where clause is nested deeper than {options.MaxDepth} levels.");
        var parts = new List<Condition>();
        foreach (var (name, operand) in given.Members)
        {
            if (parts.Count > 0)
                countTerm();
            parts.Add(Operation(attribute, name, operand, countTerm, depth));
        }
        return parts.Count > 0
            ? Condition.AllOf(parts)
            : throw CriteriaCodes.Refuse($"The attribute \"{attribute.Name}\" has an empty object for a constraint: give a value or an operator.");
    }

    private Condition Operation(ModelAttribute attribute, string name, Given operand, Action countTerm, int depth) =>
        Operators.Parse(name, attribute) switch
        {
            Operator.NotEqual when operand.Kind == GivenKind.Object => throw CriteriaCodes.Refuse(
                $"\"{name}\" on the attribute \"{attribute.Name}\" takes a value or a list, not an object."),
            Operator.NotEqual or Operator.Not => new Not(Read(attribute, operand, countTerm, depth + 1)),
            Operator.In => In(attribute, name, operand),
            Operator.NotIn => new Not(In(attribute, name, operand)),
            Operator.Less => Compare(attribute, name, Comparison.Less, operand),
            Operator.LessOrEqual => Compare(attribute, name, Comparison.LessOrEqual, operand),
            Operator.Greater => Compare(attribute, name, Comparison.Greater, operand),
            Operator.GreaterOrEqual => Compare(attribute, name, Comparison.GreaterOrEqual, operand),
            Operator.Contains => Matches(attribute, name, operand, LikePattern.Contains),
            Operator.StartsWith => Matches(attribute, name, operand, LikePattern.StartsWith),
            Operator.EndsWith => Matches(attribute, name, operand, LikePattern.EndsWith),
            _ => Matches(attribute, name, operand, LikePattern.Like),
        };

    private OneOf In(ModelAttribute attribute, string name, Given operand)
    {
        if (operand.Kind != GivenKind.List)
            throw CriteriaCodes.Refuse($"\"{name}\" on the attribute \"{attribute.Name}\" takes a list, not {operand}.");
        var values = new HashSet<object>();
        foreach (var item in operand.Items)
        {
            if (item.Kind == GivenKind.Null)
                throw CriteriaCodes.Refuse($"\"{name}\" on the attribute \"{attribute.Name}\" takes no null in its list: use \"or\" with {{\"{attribute.Name}\":null}}.");
            if (++_values > options.MaxValues)
                throw CriteriaCodes.Refuse($"The lists of the where clause have more than {options.MaxValues} values.");
            values.Add(ValueReader.Read(attribute, item));
        }
        return new OneOf(attribute, [.. values]);
    }

    private static Compares Compare(ModelAttribute attribute, string name, Comparison how, Given operand)
    {
        if (!attribute.IsComparable)
            throw CriteriaCodes.Refuse($"\"{name}\" does not apply to the attribute \"{attribute.Name}\", whose values have no order: use =, != or in.");
        if (operand.Kind == GivenKind.Null)
            throw CriteriaCodes.Refuse($"\"{name}\" on the attribute \"{attribute.Name}\" takes a value, not null.");
        return new Compares(attribute, how, ValueReader.Read(attribute, operand));
    }

    private Condition Matches(ModelAttribute attribute, string name, Given operand, Func<string, string> pattern)
    {
        if (!attribute.IsSearchable)
            throw CriteriaCodes.Refuse($"\"{name}\" applies to attributes that hold text, which \"{attribute.Name}\" does not.");
        if (operand.Kind is not (GivenKind.Text or GivenKind.Number or GivenKind.Flag))
            throw CriteriaCodes.Refuse($"\"{name}\" on the attribute \"{attribute.Name}\" takes a text, not {operand}.");
        var text = operand.Text;
        if (text.Length > options.MaxPatternLength)
            throw CriteriaCodes.Refuse($"\"{name}\" on the attribute \"{attribute.Name}\" takes {options.MaxPatternLength} characters at most.");
        // Sails: a text that is empty is in every record, also in one without a value. An empty pattern for like is not.
        return text.Length == 0 && pattern != LikePattern.Like ? Condition.True : new Matches(attribute, pattern(text));
    }
}
