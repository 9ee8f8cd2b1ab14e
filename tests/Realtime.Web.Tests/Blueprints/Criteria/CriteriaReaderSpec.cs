using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Realtime.Web.Blueprints.Criteria;

namespace Realtime.Web.Tests.Blueprints.Criteria;

public sealed class CriteriaReaderOnSqliteSpec(SqliteStore store) : CriteriaReaderSpec(store), IClassFixture<SqliteStore>;

public sealed class CriteriaReaderOnPostgresSpec(PostgresStore store) : CriteriaReaderSpec(store), IClassFixture<PostgresStore>;

public abstract class CriteriaReaderSpec(CatalogStore store) : CatalogSpec(store)
{
    // B-10
    [SkippableFact]
    public void Without_criteria_all_records_are_found() => Assert.Equal([1, 2, 3], Find(new CriteriaInput()));

    // B-10
    [SkippableTheory]
    [InlineData("id=2", 2)]
    [InlineData("year=2005", 2, 3)]
    [InlineData("year=2005&sides=2", 3)]
    [InlineData("title=Aurora", 1)]
    [InlineData("isLive=false&year=2005&id=3", 3)]
    [InlineData("year=1999&year=2005&sides=2", 1, 3)]
    [InlineData("title=nothing")]
    public void Every_other_parameter_is_an_attribute_filter(string query, params int[] ids) => Assert.Equal(ids, Find(Query(query)));

    // B-10
    [SkippableFact]
    public void Parameters_with_a_meaning_of_their_own_are_no_filters() =>
        Assert.Equal([3], Find(Query("year=2005&limit=5&skip=1&sort=id&populate=false&select=title&omit=year")));

    // B-10
    [SkippableTheory]
    [InlineData("""where={"year":2005}&title=Aurora""", 2, 3)]
    [InlineData("""where={"year":2005}&no=such""", 2, 3)]
    [InlineData("where={}&title=Aurora", 1, 2, 3)]
    public void A_where_makes_other_filters_be_ignored(string query, params int[] ids) => Assert.Equal(ids, Find(Query(query)));

    // B-10: what is not there is not there
    [SkippableTheory]
    [InlineData("""{"where":null,"year":1999}""")]
    [InlineData("""{"where":"","year":1999}""")]
    public void A_where_of_nothing_is_none(string body) => Assert.Equal([1], Find(Body(body)));

    [SkippableTheory]
    [InlineData("""{"where":{"year":1999}}""")]
    [InlineData("""{"where":"{\"year\":1999}"}""")]
    [InlineData("""{"year":1999}""")]
    [InlineData("""{"year":{"<":2000}}""")]
    [InlineData("""{"or":[{"year":1999},{"year":1}]}""")]
    public void Over_a_socket_the_data_is_the_body(string body) => Assert.Equal([1], Find(Body(body)));

    // B-9
    [SkippableFact]
    public void The_body_wins_over_the_query_string() => Assert.Equal([1],
        Find(new CriteriaInput(QueryHelpers.ParseQuery("year=2005&sides=2"), JsonElement.Parse("""{"year":1999}"""))));

    // B-9, B-22
    [SkippableFact]
    public void Path_parameters_are_no_filters() =>
        Assert.Equal([3], Find(new CriteriaInput(QueryHelpers.ParseQuery("parentid=7&id=3"), pathParameters: ["parentid"])));

    // B-29
    [SkippableTheory]
    [InlineData("where=%7B")]
    [InlineData("where=year")]
    [InlineData("where=null")]
    [InlineData("where=[1]")]
    [InlineData("where=7")]
    [InlineData("where=\"year\"")]
    [InlineData("where={}&where={}")]
    [InlineData("where={\"year\":1999}}")]
    [InlineData("where={\"title\":\"\\ud800\"}")]
    [InlineData("where={\"\\udc00\":1}")]
    public void A_where_that_is_no_object_is_refused(string query) => Refused(Query(query));

    [SkippableTheory]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("7")]
    public void Parameters_that_are_no_object_are_refused(string body) => Refused(Body(body), "object");

    [SkippableFact]
    public void A_body_of_null_is_no_body() => Assert.Equal([1, 2, 3], Find(Body("null")));

    [SkippableTheory]
    [InlineData("{\"title\":1999,\"Title\":\"Aurora\"}")]
    [InlineData("{\"year\":1999,\"id\":2}")]
    public void Several_keys_all_have_to_hold(string where) => Assert.Empty(Where(where));

    // B-21, and which attributes there are
    [SkippableTheory]
    [InlineData("no=such", "\"no\"", "title", "year")]
    [InlineData("TITLE=Aurora", "\"TITLE\"")]
    [InlineData("label.name=Blue", "dotted", "label.name")]
    [InlineData("secret=hush", "\"secret\"")]
    [InlineData("Secret=hush", "\"Secret\"")]
    public void An_unknown_or_hidden_attribute_is_refused(string query, params string[] words) => Refused(Query(query), words);

    [SkippableFact]
    public void No_sentence_names_a_hidden_attribute()
    {
        var refusal = Assert.Throws<Actors.RealtimeException>(() => Read(Query("no=such")));
        Assert.DoesNotContain("secret", refusal.Message, StringComparison.OrdinalIgnoreCase);
    }

    [SkippableTheory]
    [InlineData("year=1999")]
    [InlineData("sort=year")]
    [InlineData("select=year")]
    [InlineData("omit=year")]
    [InlineData("where={\"or\":[{\"year\":1999}]}")]
    public void The_application_says_what_else_is_hidden(string query)
    {
        Options = new CriteriaOptions { IsHidden = member => member.Name == nameof(Album.Year) };
        Refused(Query(query), "\"year\"");
    }

    [SkippableTheory]
    [InlineData("Year=1999")]
    [InlineData("catalogue-number=C-1")]
    [InlineData("CatalogueNumber=C-1")]
    [InlineData("barcode=4006381333931")]
    [InlineData("label=1")]
    [InlineData("labelId=1")]
    [InlineData("sku=00000001-0002-0003-0405-060708090a0b")]
    public void Attributes_go_by_the_JSON_name_or_the_name_of_the_property(string query) => Assert.Equal([1], Find(Query(query)));

    [SkippableFact]
    public void The_application_may_name_attributes_otherwise()
    {
        Options = new CriteriaOptions { NameOf = member => $"_{member.Name}" };
        Assert.Equal([1], Find(Query("_Year=1999")));
    }

    // B-16
    [SkippableFact]
    public void For_findOne_only_fields_and_associations_count()
    {
        var one = CriteriaReader.ReadOne(AlbumModel, Query("id=7&where=%7B&limit=x&skip=x&sort=x&year=x&select=title&populate=tracks"), Options);
        Assert.Equal([1, 2, 3], one.Apply(Catalog.Albums).Select(album => album.Id));
        Assert.Equal(["id", "title"], one.Fields!.Order());
        Assert.Equal(["tracks"], one.Populates.Select(populate => populate.Name));
    }

    // B-22
    [SkippableFact]
    public void For_populate_the_criteria_apply_to_the_children()
    {
        var model = Catalog.Model.FindEntityType(typeof(Track))!;
        var children = CriteriaReader.ReadChildren(model, Query("title=Dawn&sort=albumId DESC&limit=5&skip=1&omit=title&populate=album"), Options);
        Assert.Equal([1], children.Apply(Catalog.Set<Track>()).Select(track => track.AlbumId));
        Assert.Equal(["album", "albumId", "number"], children.Fields!.Order());
        Assert.Empty(children.Populates);
        Assert.Equal(30, CriteriaReader.ReadChildren(model, new CriteriaInput(), Options).Limit);
    }
}
