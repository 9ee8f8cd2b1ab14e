using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Realtime.Web.Tests.Blueprints.Criteria;

/// <summary>
/// What criteria mean, said a second time and as plainly as can be: over rows in memory, without expressions, without a
/// datastore, and without a line of the code under test. Knows valid criteria only.
/// </summary>
public sealed class Oracle(bool ignoresCaseInLike, bool sortsNullFirst)
{
    public bool Holds(JsonNode where, Row row) => where.AsObject().All(member => member.Key switch
    {
        "and" => member.Value!.AsArray().All(branch => Holds(branch!, row)),
        "or" => member.Value!.AsArray().Any(branch => Holds(branch!, row)),
        "not" => !Holds(member.Value!, row),
        var attribute => Fits(member.Value, row[attribute]),
    });

    public IEnumerable<Row> Sorted(IEnumerable<Row> rows, IEnumerable<(string Attribute, bool Descending)> keys)
    {
        var list = rows.ToList();
        list.Sort((a, b) => keys.Append(("id", false)).Select(key => ByKey(a, b, key)).FirstOrDefault(order => order != 0));
        return list;
    }

    private int ByKey(Row a, Row b, (string Attribute, bool Descending) key)
    {
        var order = (a.SortValue(key.Attribute), b.SortValue(key.Attribute)) switch
        {
            (null, null) => 0,
            (null, _) => sortsNullFirst ? -1 : 1,
            (_, null) => sortsNullFirst ? 1 : -1,
            var (x, y) => Order(x, y),
        };
        return key.Descending ? -order : order;
    }

    private bool Fits(JsonNode? constraint, object? value) => constraint switch
    {
        null => value is null,
        JsonArray list => IsIn(list, value),
        JsonObject operators => operators.All(o => Operates(o.Key, o.Value, value)),
        _ => value is not null && Order(value, Like(value, constraint)) == 0,
    };

    private bool Operates(string name, JsonNode? operand, object? value) => name switch
    {
        "!=" or "!==" or "!" or "not" => !Fits(operand, value),
        "in" => IsIn(operand!.AsArray(), value),
        "nin" => !IsIn(operand!.AsArray(), value),
        "<" or "lessThan" => value is not null && Order(value, Like(value, operand!)) < 0,
        "<=" or "lessThanOrEqual" => value is not null && Order(value, Like(value, operand!)) <= 0,
        ">" or "greaterThan" => value is not null && Order(value, Like(value, operand!)) > 0,
        ">=" or "greaterThanOrEqual" => value is not null && Order(value, Like(value, operand!)) >= 0,
        "like" => value is string text && Glob(Folded(text), Folded(Text(operand!))),
        _ when Text(operand!).Length == 0 => true,
        "contains" => value is string text && Folded(text).Contains(Folded(Text(operand!)), StringComparison.Ordinal),
        "startsWith" => value is string text && Folded(text).StartsWith(Folded(Text(operand!)), StringComparison.Ordinal),
        "endsWith" => value is string text && Folded(text).EndsWith(Folded(Text(operand!)), StringComparison.Ordinal),
        _ => throw new ArgumentException(name, nameof(name)),
    };

    private static bool IsIn(JsonArray list, object? value) => value is not null && list.Any(item => Order(value, Like(value, item!)) == 0);

    // The literal in the form of the value that it is compared to.
    private static object Like(object value, JsonNode literal) => value switch
    {
        decimal => decimal.Parse(Text(literal), CultureInfo.InvariantCulture),
        bool => Text(literal) is "true" or "1",
        _ => Text(literal),
    };

    private static string Text(JsonNode literal) =>
        literal.GetValueKind() == System.Text.Json.JsonValueKind.String ? literal.GetValue<string>() : literal.ToJsonString();

    // Texts in the order of their code points, as both datastores compare bytes of UTF-8.
    private static int Order(object a, object b) => (a, b) switch
    {
        (string x, string y) => Encoding.UTF8.GetBytes(x).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(y)),
        _ => ((IComparable)a).CompareTo(b),
    };

    private string Folded(string text) => ignoresCaseInLike ? string.Concat(text.Select(c => char.IsAsciiLetterUpper(c) ? (char)(c | 0x20) : c)) : text;

    private static bool Glob(ReadOnlySpan<char> text, ReadOnlySpan<char> pattern)
    {
        if (pattern.IsEmpty)
            return text.IsEmpty;
        if (pattern[0] == '%')
            return Glob(text, pattern[1..]) || (!text.IsEmpty && Glob(text[1..], pattern));
        return !text.IsEmpty && text[0] == pattern[0] && Glob(text[1..], pattern[1..]);
    }
}
