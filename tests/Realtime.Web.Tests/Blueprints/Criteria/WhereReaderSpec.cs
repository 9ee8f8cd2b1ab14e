namespace Realtime.Web.Tests.Blueprints.Criteria;

public sealed class WhereReaderOnSqliteSpec(SqliteStore store) : WhereReaderSpec(store), IClassFixture<SqliteStore>;

public sealed class WhereReaderOnPostgresSpec(PostgresStore store) : WhereReaderSpec(store), IClassFixture<PostgresStore>;

public abstract class WhereReaderSpec(CatalogStore store) : CatalogSpec(store)
{
    // B-20
    [SkippableTheory]
    [InlineData("""{"or":[{"id":1},{"id":3}]}""", 1, 3)]
    [InlineData("""{"and":[{"year":2005},{"sides":2}]}""", 3)]
    [InlineData("""{"year":2005,"or":[{"id":1},{"id":2}]}""", 2)]
    [InlineData("""{"or":[{"id":1},{"and":[{"year":2005},{"not":{"sides":2}}]}]}""", 1, 2)]
    [InlineData("""{"not":{"year":2005}}""", 1)]
    [InlineData("""{"not":{"not":{"year":2005}}}""", 2, 3)]
    [InlineData("""{"not":{"or":[{"id":1},{"id":2}]}}""", 3)]
    [InlineData("""{"or":[{"id":1}]}""", 1)]
    public void And_or_and_not_nest(string where, params int[] ids) => Assert.Equal(ids, Where(where));

    [SkippableTheory]
    [InlineData("""{"or":[]}""")]
    [InlineData("""{"not":{}}""")]
    [InlineData("""{"and":[]}""", 1, 2, 3)]
    [InlineData("""{"or":[{}]}""", 1, 2, 3)]
    [InlineData("""{"or":[{"id":1},{}]}""", 1, 2, 3)]
    [InlineData("""{"and":[{"id":1},{}]}""", 1)]
    [InlineData("""{"not":{"or":[]}}""", 1, 2, 3)]
    public void Nothing_to_hold_always_holds_and_no_choice_never_does(string where, params int[] ids) => Assert.Equal(ids, Where(where));

    // Each record is in one half, also those without a value.
    [SkippableTheory]
    [InlineData("""{"plays":7}"""), InlineData("""{"plays":{"<":8}}"""), InlineData("""{"plays":{"!=":7}}"""), InlineData("""{"plays":[7,8]}""")]
    [InlineData("""{"subtitle":{"contains":"%"}}"""), InlineData("""{"subtitle":{"<":"b"}}"""), InlineData("""{"mood":"Rock"}""")]
    [InlineData("""{"subtitle":null}"""), InlineData("""{"isRemastered":false}"""), InlineData("""{"releasedOn":{">":"2000-01-01"}}""")]
    public void Not_is_the_exact_complement(string where)
    {
        var (inside, outside) = (Where(where), Where($$"""{"not":{{where}}}"""));
        Assert.NotEmpty(inside);
        Assert.NotEmpty(outside);
        Assert.Equal([1, 2, 3], inside.Concat(outside).Order());
    }

    [SkippableTheory]
    [InlineData("""{"or":{"id":1}}""", "\"or\"", "list")]
    [InlineData("""{"or":null}""", "\"or\"")]
    [InlineData("""{"and":"x"}""", "\"and\"")]
    [InlineData("""{"and":[1]}""", "where clause")]
    [InlineData("""{"or":[null]}""", "null")]
    [InlineData("""{"or":[[]]}""", "a list")]
    [InlineData("""{"not":[]}""", "a list")]
    [InlineData("""{"not":null}""", "null")]
    [InlineData("""{"not":{"year":{}}}""", "\"year\"")]
    [InlineData("""{"$or":[]}""", "\"$or\"")]
    [InlineData("""{"OR":[]}""", "\"OR\"")]
    public void Anything_else_is_refused(string where, params string[] words) => WhereRefused(where, words);

    // B-21
    [SkippableFact]
    public void Twenty_five_levels_are_deep_enough()
    {
        Assert.Equal([1], Where(Nested(24)));
        WhereRefused(Nested(25), "25 levels");
        WhereRefused(Nested(30), "25 levels");
        Refused(new([new("where", Nested(100))]), "25 levels");
        Refused(new([new("where", Nested(5_000))]));

        static string Nested(int times) =>
            $$"""{{string.Concat(Enumerable.Repeat("""{"and":[""", times))}}{"id":1}{{string.Concat(Enumerable.Repeat("]}", times))}}""";
    }

    [SkippableFact]
    public void Nots_of_one_attribute_are_levels_too()
    {
        Assert.Equal([1], Where(Nested(24)));
        WhereRefused(Nested(25), "25 levels");

        static string Nested(int times) =>
            $$"""{"id":{{string.Concat(Enumerable.Repeat("""{"not":""", times))}}{"in":[1]}{{new string('}', times)}}}""";
    }

    [SkippableTheory]
    [InlineData("{\"or\":[", "{\"title\":{\"contains\":\"Aurora\"},\"subtitle\":\"100% pure_gold\"}", "]}", 83)]
    [InlineData("{\"or\":[", "{\"plays\":{\">\":5}}", "]}", 125)]
    [InlineData("{\"title\":{", "\"contains\":\"Aurora\"", "}}", 250)]
    public void A_where_has_a_bound_which_the_datastore_stands(string before, string term, string after, int times)
    {
        Assert.Contains(1, Where(before + string.Join(',', Enumerable.Repeat(term, times)) + after));
        WhereRefused(before + string.Join(',', Enumerable.Repeat(term, times + 1)) + after, "250 conditions");
    }

    [SkippableFact]
    public void Empty_branches_count_as_well() =>
        WhereRefused($$"""{"or":[{{string.Join(',', Enumerable.Repeat("{}", 251))}}]}""", "250 conditions");

    [SkippableFact]
    public void Lists_have_a_bound_which_the_datastore_stands()
    {
        Assert.Equal([1, 2, 3], Where($$"""{"id":[{{string.Join(',', Enumerable.Range(1, 1000))}}]}"""));
        WhereRefused($$"""{"id":[{{string.Join(',', Enumerable.Range(1, 1001))}}]}""", "1000 values");
        WhereRefused($$$"""{"id":[{{{string.Join(',', Enumerable.Range(1, 600))}}}],"year":{"nin":[{{{string.Join(',', Enumerable.Range(1, 600))}}}]}}""", "1000 values");
    }
}
