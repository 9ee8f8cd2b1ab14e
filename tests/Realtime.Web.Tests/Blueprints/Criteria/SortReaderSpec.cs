namespace Realtime.Web.Tests.Blueprints.Criteria;

public sealed class SortReaderOnSqliteSpec(SqliteStore store) : SortReaderSpec(store), IClassFixture<SqliteStore>;

public sealed class SortReaderOnPostgresSpec(PostgresStore store) : SortReaderSpec(store), IClassFixture<PostgresStore>;

// B-12
public abstract class SortReaderSpec(CatalogStore store) : CatalogSpec(store)
{
    [SkippableTheory]
    [InlineData("price", 3, 1, 2)]
    [InlineData("price ASC", 3, 1, 2)]
    [InlineData("price desc", 2, 1, 3)]
    [InlineData("  price   DESC ", 2, 1, 3)]
    [InlineData("""{"price":-1}""", 2, 1, 3)]
    [InlineData("""{"price":1}""", 3, 1, 2)]
    [InlineData("""{"price":"Desc"}""", 2, 1, 3)]
    [InlineData("""[{"year":"DESC"},{"price":"ASC"}]""", 3, 2, 1)]
    [InlineData("""{"year":-1,"price":-1}""", 2, 3, 1)]
    [InlineData("""["year desc","price"]""", 3, 2, 1)]
    [InlineData("\"price desc\"", 2, 1, 3)]
    [InlineData("id DESC", 3, 2, 1)]
    [InlineData("Price DESC", 2, 1, 3)]
    [InlineData("", 1, 2, 3)]
    [InlineData("[]", 1, 2, 3)]
    public void All_forms_sort(string sort, params int[] ids) => Assert.Equal(ids, Find(new([new("sort", sort)])));

    [SkippableTheory]
    [InlineData("""["year desc","price"]""", 3, 2, 1)]
    [InlineData("""[{"year":-1},"price"]""", 3, 2, 1)]
    [InlineData("""{"price":-1}""", 2, 1, 3)]
    [InlineData("\"price desc\"", 2, 1, 3)]
    [InlineData("null", 1, 2, 3)]
    public void All_forms_sort_over_a_socket(string sort, params int[] ids) => Assert.Equal(ids, Find(Body($$"""{"sort":{{sort}}}""")));

    [SkippableFact]
    public void A_parameter_that_is_given_twice_is_a_list() => Assert.Equal([3, 2, 1], Find(Query("sort=year desc&sort=price")));

    [SkippableTheory]
    [InlineData("year DESC", 2, 3, 1)]
    [InlineData("sides", 2, 1, 3)]
    [InlineData("isLive", 2, 3, 1)]
    public void Equal_records_are_in_the_order_of_the_primary_key(string sort, params int[] ids) =>
        Assert.Equal(ids, Find(new([new("sort", sort)])));

    [SkippableTheory]
    [InlineData("title"), InlineData("plays"), InlineData("rating"), InlineData("loudness"), InlineData("isRemastered"), InlineData("shelf")]
    [InlineData("sku"), InlineData("genre"), InlineData("mood"), InlineData("media"), InlineData("recordedAt"), InlineData("releasedOn")]
    [InlineData("shownAt"), InlineData("barcode"), InlineData("label"), InlineData("labelId"), InlineData("catalogue-number"), InlineData("touredAt"), InlineData("masteredOn")]
    [InlineData("archivedAt")]
    public void Every_attribute_with_an_order_sorts(string attribute)
    {
        Assert.Equal([1, 2, 3], Find(Query($"sort={attribute}")).Order());
        Assert.Equal([1, 2, 3], Find(Query($"sort={attribute} DESC")).Order());
    }

    [SkippableFact]
    public void Records_without_a_value_come_where_the_datastore_puts_them() =>
        Assert.Equal(Store.SortsNullFirst ? [2, 3, 1] : [3, 1, 2], Find(Query("sort=plays")));

    [SkippableTheory]
    [InlineData("nothing", "\"nothing\"")]
    [InlineData("secret", "\"secret\"")]
    [InlineData("label.name", "dotted")]
    [InlineData("year up", "\"year\"", "ASC", "\"up\"")]
    [InlineData("year DESC NULLS", "sort")]
    [InlineData("year, price", "\"year,\"")]
    [InlineData("{\"year\":0}", "\"year\"", "ASC")]
    [InlineData("{\"year\":null}", "\"year\"", "ASC")]
    [InlineData("{\"year\":true}", "\"year\"", "ASC")]
    [InlineData("{\"year\":{}}", "\"year\"", "ASC")]
    [InlineData("[[\"year\"]]", "sort")]
    [InlineData("[7]", "sort")]
    [InlineData("[\"\"]", "sort")]
    [InlineData("[null]", "sort")]
    [InlineData("{\"year\"", "JSON")]
    [InlineData("[\"year\",\"year DESC\"]", "twice")]
    [InlineData("[\"label\",\"labelId\"]", "twice")]
    [InlineData("tracks", "\"tracks\"")]
    [InlineData("artists", "\"artists\"")]
    [InlineData("ticket", "\"ticket\"")]
    [InlineData("sleeve", "\"sleeve\"")]
    [InlineData("tags", "\"tags\"")]
    [InlineData("cover", "\"cover\"")]
    [InlineData("format", "\"format\"")]
    [InlineData("extra", "\"extra\"")]
    public void Anything_else_is_refused(string sort, params string[] words) => Refused(new([new("sort", sort)]), words);

    [SkippableTheory]
    [InlineData("7"), InlineData("true"), InlineData("[{\"year\":[]}]")]
    public void Anything_else_is_refused_over_a_socket(string sort) => Refused(Body($$"""{"sort":{{sort}}}"""));

    // SQLite keeps these as text, which EF Core refuses to order: the caller hears of it before the datastore does.
    [SkippableTheory]
    [InlineData("announcedAt"), InlineData("length"), InlineData("serial")]
    public void What_the_datastore_cannot_order_is_refused(string attribute)
    {
        if (Store is SqliteStore)
            Refused(Query($"sort={attribute}"), attribute, "order");
        else
            Assert.Equal(3, Find(Query($"sort={attribute}")).Length);
    }

    [SkippableFact]
    public void What_was_asked_for_can_be_read()
    {
        var sort = Read(Query("sort=[\"year DESC\",\"Title\"]")).Sort;
        Assert.Equal([("year", true), ("title", false)], sort.Select(key => (key.Attribute, key.Descending)));
    }
}
