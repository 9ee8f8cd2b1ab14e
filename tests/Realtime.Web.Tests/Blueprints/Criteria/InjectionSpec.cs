using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Realtime.Actors;
using Realtime.Web.Blueprints.Criteria;

namespace Realtime.Web.Tests.Blueprints.Criteria;

public sealed class InjectionOnSqliteSpec(SqliteStore store) : InjectionSpec(store), IClassFixture<SqliteStore>;

public sealed class InjectionOnPostgresSpec(PostgresStore store) : InjectionSpec(store), IClassFixture<PostgresStore>;

/// <summary>Attempts at the datastore through every parameter: each is refused with status 400, or finds what it literally says.</summary>
public abstract class InjectionSpec(CatalogStore store) : CatalogSpec(store)
{
    private static readonly string[] Attempts =
    [
        "'", "''", "\"", "`", ";", "--", "/*", "*/", "\\", "\\'", "%", "_", "%%", "\\%", "[a]", "$1", "@p0", "@Value", ":p", "?", "{0}", "\0", "\n", "\u2028",
        "' OR '1'='1", "' OR 1=1 --", "\" OR \"\"=\"", "1 OR 1=1", "1; DROP TABLE \"Albums\"", "'; DROP TABLE \"Albums\"; --", "x'); DELETE FROM \"Albums\"; --",
        "title\" DESC; DROP TABLE \"Albums\"; --", "title DESC; DROP", "(SELECT 1)", "(CASE WHEN 1=1 THEN title ELSE year END)", "title,(SELECT sqlite_version())",
        "1 UNION SELECT * FROM \"Albums\"", "a' UNION SELECT secret FROM \"Albums\" --", "pg_sleep(10)", "1;SELECT pg_sleep(10)--", "randomblob(1000000000)",
        "load_extension('x')", "0x31", "1e1", "1,1", "-1", "NULL", "null", "undefined", "NaN", "true", "[object Object]", "__proto__", "constructor", "toString",
        "prototype.x", "$where", "$ne", "$gt", "title.length", "Title.Length", "Label.Name", "label.name", "EF.Property", "Id\"", "\"Id\"", "[Id]", "Albums.Id", "a.Id",
        "rowid", "oid", "ctid", "xmin", "Secret", "secret", "SECRET", "password", "tracks.title", "../album", "%00", "%27", "＇", "ʼ", "\u0130", "İd", "ıd", "*", "**",
        "{\"title\":{\"contains\":\"' OR 1=1 --\"}}", "{\"$where\":\"1\"}", "{\"title\":{\"$ne\":null}}", "[\"title\"]", "[{\"title\":\"ASC; DROP\"}]", "{\"title\":\"ASC\"}",
    ];

    public static TheoryData<string> Places =>
    [
        """{"where":§}""", """{"where":{"title":§}}""", """{"where":{"year":§}}""", """{"where":{"sku":§}}""", """{"where":{"genre":§}}""",
        """{"where":{"recordedAt":§}}""", """{"where":{"isLive":§}}""", """{"where":{"label":§}}""", """{"where":{"barcode":§}}""", """{"where":{"shelf":§}}""",
        """{"where":{§:1}}""", """{"where":{§:{"contains":"a"}}}""", """{"where":{"title":{§:"a"}}}""", """{"where":{"year":{§:1}}}""",
        """{"where":{"title":{"contains":§}}}""", """{"where":{"title":{"startsWith":§}}}""", """{"where":{"title":{"endsWith":§}}}""",
        """{"where":{"title":{"like":§}}}""", """{"where":{"title":{"in":[§,§]}}}""", """{"where":{"title":{"nin":[§]}}}""", """{"where":{"title":{"!=":§}}}""",
        """{"where":{"title":{"<":§}}}""", """{"where":{"plays":{">":§}}}""", """{"where":{"or":[{"title":§},{§:1}]}}""", """{"where":{"not":{"title":§}}}""",
        """{"title":§}""", """{§:"1"}""", """{§:{"!=":"1"}}""",
        """{"sort":§}""", """{"sort":[§]}""", """{"sort":{§:1}}""", """{"sort":{"title":§}}""", """{"sort":[{§:"ASC"}]}""",
        """{"select":§}""", """{"select":[§]}""", """{"omit":§}""", """{"omit":["title",§]}""", """{"populate":§}""", """{"populate":[§]}""",
        """{"limit":§}""", """{"skip":§}""",
    ];

    [SkippableTheory]
    [MemberData(nameof(Places))]
    public async Task Nothing_but_refusals_and_literal_results(string place)
    {
        foreach (var attempt in Attempts)
        {
            var body = place.Replace("§", JsonSerializer.Serialize(attempt), StringComparison.Ordinal);
            RecordCriteria criteria;
            try
            {
                criteria = Read(Body(body));
            }
            catch (RealtimeException refusal)
            {
                Assert.Contains(refusal.Code, (string[])[CriteriaCodes.InvalidCriteria, CriteriaCodes.InvalidPopulates]);
                Assert.NotEmpty(refusal.Message);
                continue;
            }
            // No error of the datastore, and nothing of what came in is in the statement.
            await criteria.Apply(Catalog.Albums.AsNoTracking()).ToListAsync();
            using var command = criteria.Apply(Catalog.Albums).CreateDbCommand();
            Assert.DoesNotContain("DROP", command.CommandText, StringComparison.Ordinal);
            Assert.DoesNotContain("OR 1=1", command.CommandText, StringComparison.Ordinal);
            Assert.DoesNotContain("UNION", command.CommandText, StringComparison.Ordinal);
        }
        Assert.Equal(3, await Catalog.Albums.CountAsync());
    }

    [SkippableTheory]
    [MemberData(nameof(Places))]
    public async Task The_same_in_the_query_string(string place)
    {
        foreach (var attempt in Attempts.Append("\ud800"))
        {
            using var parameters = JsonDocument.Parse(place.Replace("§", "\"§\"", StringComparison.Ordinal));
            var query = parameters.RootElement.EnumerateObject().Select(parameter => KeyValuePair.Create(
                parameter.Name.Replace("§", attempt, StringComparison.Ordinal),
                new Microsoft.Extensions.Primitives.StringValues((parameter.Value.ValueKind == JsonValueKind.String
                    ? parameter.Value.GetString()! : parameter.Value.GetRawText()).Replace("§", attempt, StringComparison.Ordinal))));
            try
            {
                await Read(new CriteriaInput(query)).Apply(Catalog.Albums.AsNoTracking()).ToListAsync();
            }
            catch (RealtimeException refusal)
            {
                Assert.Contains(refusal.Code, (string[])[CriteriaCodes.InvalidCriteria, CriteriaCodes.InvalidPopulates]);
            }
        }
        Assert.Equal(3, await Catalog.Albums.CountAsync());
    }

    // A tautology is a text that no record holds; its complement is all of them.
    [SkippableTheory]
    [InlineData("' OR '1'='1"), InlineData("Aurora' --"), InlineData("Aurora' OR 1=1 --"), InlineData("\\' OR 1=1 --"), InlineData("%' OR title LIKE '%")]
    public void A_tautology_is_a_text(string text)
    {
        var literal = JsonSerializer.Serialize(text);
        Assert.Empty(Where($$"""{"title":{{literal}}}"""));
        Assert.Empty(Where($$$"""{"title":{"contains":{{{literal}}}}}"""));
        Assert.Empty(Where($$$"""{"title":{"in":[{{{literal}}}]}}"""));
        Assert.Equal([1, 2, 3], Where($$$"""{"title":{"!=":{{{literal}}}}}"""));
    }

    // What is hidden cannot be guessed letter by letter either.
    [SkippableTheory]
    [InlineData("""{"where":{"secret":{"startsWith":"h"}}}"""), InlineData("""{"sort":"secret"}"""), InlineData("""{"sort":"Secret"}""")]
    [InlineData("""{"where":{"Secret":{"!=":null}}}"""), InlineData("""{"select":["secret"]}"""), InlineData("""{"where":{"or":[{"id":1},{"Secret":"hush"}]}}""")]
    public void What_is_hidden_cannot_be_probed(string body) => Refused(Body(body), "There is no attribute");
}
