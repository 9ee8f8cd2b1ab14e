using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace Realtime.Web.Tests.Blueprints.Criteria;

/// <summary>What a request may ask for, and its answer's order and page.</summary>
public sealed record Asked(string Where, (string Attribute, bool Descending)[] Sort, int Skip, int? Limit)
{
    public string Body => $$"""
        {"where":{{Where}},"sort":[{{string.Join(',', Sort.Select(key => $$"""{"{{key.Attribute}}":{{(key.Descending ? -1 : 1)}}}"""))}}],
         "skip":{{Skip}},"limit":{{Limit?.ToString(CultureInfo.InvariantCulture) ?? "null"}}}
        """;
}

/// <summary>
/// Random rows and random criteria about them. Both draw from the same few values, so that criteria often hold, and the
/// letters are those that LIKE, SQL and JSON make something of.
/// </summary>
public static class Any
{
    private static readonly string[] Letters = ["a", "a", "A", "b", "B", "é", "É", "%", "%", "_", "_", "\\", "'", "\n", "😀"];
    private static readonly string[] Numbers = ["-3", "-1", "0", "1", "2", "7", "200"];
    private static readonly string[] Fractions = ["-1.5", "-1", "0", "0.25", "2", "7.75"];
    private static readonly string[] Moments = ["1999-12-31T23:59:59Z", "2000-01-01T00:00:00Z", "2000-01-01T00:00:01Z", "2024-02-29T12:00:00Z"];
    private static readonly string[] Days = ["1999-12-31", "2000-01-01", "2024-02-29"];
    private static readonly string[] Hours = ["00:00:00", "09:30:00", "23:59:59"];
    private static readonly string[] Unordered = ["!=", "!==", "in", "nin", "not", "!"];
    private static readonly string[] Ordered =
        ["<", "<=", ">", ">=", "lessThan", "lessThanOrEqual", "greaterThan", "greaterThanOrEqual", .. Unordered];
    private static readonly string[] Search = ["contains", "startsWith", "endsWith", "like"];
    private static readonly string[] Textual = [.. Search, .. Search, .. Search, .. Search, .. Ordered];

    private static readonly Gen<string> Text = Gen.Elements(0, 1, 1, 2, 3).SelectMany(length => Gen.Elements(Letters).ArrayOf(length)).Select(string.Concat);

    private static readonly Gen<int?> SmallOrNone = Gen.Elements<int?>(null, 1, 2);

    private static readonly Dictionary<string, (string[] Operators, Gen<string> Literal)> Attributes = new()
    {
        ["title"] = (Textual, Text.Select(Quoted)),
        ["subtitle"] = (Textual, Text.Select(Quoted)),
        ["barcode"] = (Textual, Text.Select(Quoted)),
        ["id"] = (Ordered, Gen.Choose(98, 112).Select(id => id.ToString(CultureInfo.InvariantCulture))),
        ["year"] = (Ordered, AsIsOrQuoted(Numbers)),
        ["plays"] = (Ordered, AsIsOrQuoted(Numbers)),
        ["sides"] = (Ordered, AsIsOrQuoted(["0", "1", "2", "200"])),
        ["price"] = (Ordered, AsIsOrQuoted(Fractions)),
        ["rating"] = (Ordered, AsIsOrQuoted(Fractions)),
        ["loudness"] = (Ordered, AsIsOrQuoted(Fractions)),
        ["label"] = (Ordered, AsIsOrQuoted(["1", "2", "3"])),
        ["isLive"] = (Unordered, Gen.Elements("true", "false", "1", "0", "\"true\"", "\"false\"")),
        ["isRemastered"] = (Unordered, Gen.Elements("true", "false", "1", "0")),
        ["sku"] = (Unordered, Gen.Choose(1, 5).Select(number => Quoted(Records.SkuOf(number).ToString()))),
        ["genre"] = (Unordered, Gen.Elements("\"Rock\"", "\"Jazz\"", "\"Electronic\"")),
        ["mood"] = (Unordered, Gen.Elements("\"Rock\"", "\"Jazz\"")),
        ["recordedAt"] = (Ordered, Gen.Elements(Moments).Select(Quoted)),
        ["releasedOn"] = (Ordered, Gen.Elements(Days).Select(Quoted)),
        ["shownAt"] = (Ordered, Gen.Elements(Hours).Select(Quoted)),
    };

    private static readonly string[] Names = [.. Attributes.Keys, "title", "title", "title", "subtitle", "subtitle", "subtitle", "rating", "plays"];

    public static Gen<Row> Row(int id) =>
        from text in Text.ArrayOf(3)
        from year in Gen.Elements(Numbers)
        from fraction in Gen.Elements(Fractions).ArrayOf(3)
        from small in SmallOrNone.ArrayOf(8)
        from moment in Gen.Elements(Moments)
        from day in Gen.Elements(Days)
        from hour in Gen.Elements(Hours)
        from number in Gen.Choose(1, 5)
        select new Row(
            new Album
            {
                Id = id, Title = text[0], Subtitle = small[0] is null ? null : text[1], Year = int.Parse(year, CultureInfo.InvariantCulture),
                Plays = small[1] is null ? null : long.Parse(year, CultureInfo.InvariantCulture), Sides = (byte)(small[2] ?? 200),
                Price = decimal.Parse(fraction[0], CultureInfo.InvariantCulture), Loudness = float.Parse(fraction[1], CultureInfo.InvariantCulture),
                Rating = small[3] is null ? null : double.Parse(fraction[2], CultureInfo.InvariantCulture), IsLive = number > 2,
                IsRemastered = small[4] is { } remastered ? remastered == 1 : null, Sku = Records.SkuOf(number),
                Genre = number > 3 ? Genre.Electronic : Genre.Rock, Mood = small[5] is { } mood ? (Genre)mood : null,
                RecordedAt = DateTime.Parse(moment, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal),
                ReleasedOn = small[6] is null ? null : DateOnly.Parse(day, CultureInfo.InvariantCulture),
                ShownAt = small[7] is null ? null : TimeOnly.Parse(hour, CultureInfo.InvariantCulture),
            },
            small[1] is null ? null : text[2],
            small[7]);

    public static Gen<Row[]> Rows(int count) => Gen.CollectToArray(Enumerable.Range(100, count), Row);

    public static Gen<Asked> Asked =>
        from filter in Where(3)
        from sort in Gen.Elements(Attributes.Keys.Where(name => name != "label").ToArray()).ArrayOf(2)
        from keys in Gen.Choose(0, 2)
        from falling in Gen.Elements(true, false).ArrayOf(2)
        from skip in Gen.Frequency((3, Gen.Constant(0)), (1, Gen.Choose(0, 10)))
        from limit in Gen.Frequency((3, Gen.Constant((int?)null)), (1, Gen.Choose(0, 10).Select(number => (int?)number)))
        select new Asked(filter, [.. sort.Distinct().Take(keys).Zip(falling)], skip, limit);

    /// <summary>Smaller criteria that are still valid, so that a failure is read at once.</summary>
    public static IEnumerable<Asked> Smaller(Asked asked)
    {
        if (asked.Skip > 0 || asked.Limit is not null)
            yield return asked with { Skip = 0, Limit = null };
        if (asked.Sort.Length > 0)
            yield return asked with { Sort = asked.Sort[1..] };
        foreach (var where in Smaller(JsonNode.Parse(asked.Where)!))
            yield return asked with { Where = where };
    }

    private static IEnumerable<string> Smaller(JsonNode where)
    {
        foreach (var (name, value) in where.AsObject().ToList())
        {
            var less = where.DeepClone().AsObject();
            less.Remove(name);
            yield return less.ToJsonString();
            if (name == "not")
            {
                yield return value!.ToJsonString();
                foreach (var inner in Smaller(value))
                    yield return With(where, name, JsonNode.Parse(inner));
            }
            for (var i = 0; name is "and" or "or" && i < value!.AsArray().Count; i++)
            {
                yield return value[i]!.ToJsonString();
                var fewer = value.DeepClone().AsArray();
                fewer.RemoveAt(i);
                yield return With(where, name, fewer);
                foreach (var inner in Smaller(value[i]!))
                {
                    var other = value.DeepClone().AsArray();
                    other[i] = JsonNode.Parse(inner);
                    yield return With(where, name, other);
                }
            }
        }
    }

    private static string With(JsonNode where, string name, JsonNode? value)
    {
        var other = where.DeepClone().AsObject();
        other[name] = value;
        return other.ToJsonString();
    }

    private static Gen<string> Where(int depth)
    {
        var constraint = Gen.Elements(Names).SelectMany(name => Constraint(name, depth).Select(value => (name, value)));
        if (depth == 0)
            return Object(constraint, 1, 1);
        var branches = Gen.Choose(0, 3).SelectMany(count => Where(depth - 1).ArrayOf(count)).Select(branches => $"[{string.Join(',', branches)}]");
        var member = Gen.Frequency(
            (4, constraint),
            (1, branches.Select(list => ("and", list))),
            (2, branches.Select(list => ("or", list))),
            (1, Where(depth - 1).Select(inner => ("not", inner))));
        // Mostly one member: of several that all have to hold, one that is wrong is seldom seen.
        return Gen.Frequency((1, Gen.Constant("{}")), (9, Object(member, 1, 1)), (5, Object(member, 2, 3)));
    }

    private static Gen<string> Constraint(string name, int depth)
    {
        var (operators, literal) = Attributes[name];
        var list = Gen.Choose(0, 3).SelectMany(count => literal.ArrayOf(count)).Select(items => $"[{string.Join(',', items)}]");
        var operation = Gen.Elements(operators).SelectMany(op => (op switch
        {
            "in" or "nin" => list,
            "!=" or "!==" => Gen.OneOf(literal, list, Gen.Constant("null")),
            "!" or "not" => depth == 0 ? literal : Constraint(name, depth - 1),
            _ => literal,
        }).Select(operand => (op, operand)));
        return Gen.Frequency((2, literal), (1, Gen.Constant("null")), (1, list), (6, Object(operation, 1, 1)), (2, Object(operation, 2, 2)));
    }

    private static Gen<string> Object(Gen<(string Name, string Value)> member, int min, int max) =>
        Gen.Choose(min, max).SelectMany(count => member.ArrayOf(count)).Select(members =>
            $"{{{string.Join(',', members.DistinctBy(m => m.Name).Select(m => $"{Quoted(m.Name)}:{m.Value}"))}}}");

    private static Gen<string> AsIsOrQuoted(string[] numbers) =>
        Gen.Elements(numbers).SelectMany(number => Gen.Elements(number, $"\"{number}\""));

    private static string Quoted(string text) => JsonSerializer.Serialize(text);
}
