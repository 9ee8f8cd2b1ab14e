namespace Realtime.Web.Tests.Blueprints.Criteria;

public sealed class PagingReaderOnSqliteSpec(SqliteStore store) : PagingReaderSpec(store), IClassFixture<SqliteStore>;

public sealed class PagingReaderOnPostgresSpec(PostgresStore store) : PagingReaderSpec(store), IClassFixture<PostgresStore>;

// B-11
public abstract class PagingReaderSpec(CatalogStore store) : CatalogSpec(store)
{
    [SkippableFact]
    public void Thirty_records_are_the_default() => Assert.Equal(30, Read(new()).Limit);

    [SkippableTheory]
    [InlineData("limit=2", 1, 2)]
    [InlineData("limit=0")]
    [InlineData("limit=-1", 1, 2, 3)]
    [InlineData("limit=100000", 1, 2, 3)]
    [InlineData("limit=99999999999999999999", 1, 2, 3)]
    [InlineData("skip=1", 2, 3)]
    [InlineData("skip=0", 1, 2, 3)]
    [InlineData("skip=99999999999999999999")]
    [InlineData("skip=1&limit=1", 2)]
    [InlineData("skip=1&limit=-1", 2, 3)]
    [InlineData("limit=2.0", 1, 2)]
    public void Limit_and_skip_are_numbers_also_as_text(string query, params int[] ids) => Assert.Equal(ids, Find(Query(query)));

    [SkippableTheory]
    [InlineData("""{"limit":2,"skip":1}""", 2, 3)]
    [InlineData("""{"limit":null}""", 1, 2, 3)]
    [InlineData("""{"limit":1e0}""", 1)]
    public void Limit_and_skip_come_over_a_socket_as_well(string body, params int[] ids) => Assert.Equal(ids, Find(Body(body)));

    [SkippableTheory]
    [InlineData("""{"limit":"x"}""", "limit", "\"x\"")]
    [InlineData("""{"limit":""}""", "limit")]
    [InlineData("""{"limit":1.5}""", "limit", "1.5")]
    [InlineData("""{"limit":true}""", "limit")]
    [InlineData("""{"limit":[1]}""", "limit")]
    [InlineData("""{"limit":{}}""", "limit")]
    [InlineData("""{"limit":"1;DROP TABLE x"}""", "limit")]
    [InlineData("""{"limit":" 1"}""", "limit")]
    [InlineData("""{"limit":"1e999"}""", "limit")]
    [InlineData("""{"skip":-1}""", "skip", "-1")]
    [InlineData("""{"skip":null}""", "skip")]
    [InlineData("""{"skip":"x"}""", "skip")]
    [InlineData("""{"skip":0.5}""", "skip")]
    public void Anything_else_is_refused(string body, params string[] words) => Refused(Body(body), words);

    [SkippableFact]
    public void The_application_may_set_another_default_and_a_highest_limit()
    {
        Options = new() { DefaultLimit = 1, MaxLimit = 2 };
        Assert.Equal([1], Find(new()));
        Assert.Equal([1, 2], Find(Query("limit=2")));
        Refused(Query("limit=3"), "2 at most");
        Refused(Query("limit=-1"), "2 at most");
        Refused(Query("limit=99999999999"), "2 at most");
    }
}
