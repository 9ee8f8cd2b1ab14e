namespace Realtime.Web.Tests.Blueprints.Criteria;

// B-13
public sealed class FieldsReaderSpec(SqliteStore store) : CatalogSpec(store), IClassFixture<SqliteStore>
{
    [SkippableTheory]
    [InlineData("")]
    [InlineData("select=")]
    [InlineData("omit=")]
    [InlineData("select=*")]
    public void Without_select_and_omit_everything_is_shown(string query)
    {
        Assert.Null(Read(Query(query)).Fields);
        Assert.True(Read(Query(query)).Shows("title"));
    }

    [SkippableTheory]
    [InlineData("select=title", "id", "title")]
    [InlineData("select=title, year", "id", "title", "year")]
    [InlineData("select= title ,year ", "id", "title", "year")]
    [InlineData("select=title&select=year", "id", "title", "year")]
    [InlineData("select=Title", "id", "title")]
    [InlineData("select=id", "id")]
    [InlineData("select=title&omit=title", "id", "title")]
    [InlineData("select=barcode", "barcode", "id")]
    [InlineData("select=sleeve,tags,cover,format,extra", "cover", "extra", "format", "id", "sleeve", "tags")]
    [InlineData("select=label", "id", "label", "labelId")]
    [InlineData("select=catalogue-number", "catalogue-number", "id")]
    public void Select_shows_what_it_names_and_the_primary_key(string query, params string[] fields) =>
        Assert.Equal(fields, Read(Query(query)).Fields!.Order(StringComparer.Ordinal));

    [SkippableTheory]
    [InlineData("""{"select":["title","year"]}""", "id", "title", "year")]
    [InlineData("""{"select":[]}""", "id")]
    [InlineData("""{"select":"title"}""", "id", "title")]
    public void A_list_is_as_good_as_commas(string body, params string[] fields) => Assert.Equal(fields, Read(Body(body)).Fields!.Order());

    [SkippableFact]
    public void Omit_hides_what_it_names_but_not_the_primary_key()
    {
        var criteria = Read(Body("""{"omit":["title","id","label"]}"""));
        Assert.False(criteria.Shows("title"));
        Assert.False(criteria.Shows("label"));
        Assert.False(criteria.Shows("labelId"));
        Assert.True(criteria.Shows("id"));
        Assert.True(criteria.Shows("year"));
        Assert.True(criteria.Shows("barcode"));
    }

    [SkippableFact]
    public void A_hidden_attribute_is_never_shown()
    {
        Assert.False(Read(Query("omit=title")).Shows("secret"));
        Refused(Query("select=secret"), "\"secret\"");
        Refused(Query("omit=secret"), "\"secret\"");
    }

    [SkippableTheory]
    [InlineData("""{"select":"nothing"}""", "\"nothing\"")]
    [InlineData("""{"omit":"nothing"}""", "\"nothing\"")]
    [InlineData("""{"select":"title,"}""", "\"\"")]
    [InlineData("""{"select":"title;year"}""", "\"title;year\"")]
    [InlineData("""{"select":"[\"title\"]"}""", "title")]
    [InlineData("""{"select":"tracks"}""", "\"tracks\"", "populate")]
    [InlineData("""{"omit":"artists"}""", "\"artists\"", "populate")]
    [InlineData("""{"select":"label.name"}""", "dotted")]
    [InlineData("""{"select":7}""", "\"select\"")]
    [InlineData("""{"select":true}""", "\"select\"")]
    [InlineData("""{"select":{"title":1}}""", "\"select\"")]
    [InlineData("""{"select":["title",7]}""", "\"select\"")]
    [InlineData("""{"omit":[null]}""", "\"omit\"")]
    [InlineData("""{"select":["*","title"]}""", "\"*\"")]
    public void Anything_else_is_refused(string body, params string[] words) => Refused(Body(body), words);

    [SkippableFact]
    public void All_parts_of_a_composite_key_are_shown()
    {
        var criteria = Web.Blueprints.Criteria.CriteriaReader.Read(Catalog.Model.FindEntityType(typeof(Track))!, Query("select=title"), Options);
        Assert.Equal(["albumId", "number", "title"], criteria.Fields!.Order());
    }
}
