using Realtime.Web.Blueprints.Criteria;

namespace Realtime.Web.Tests.Blueprints.Criteria;

// B-14
public sealed class PopulateReaderSpec(SqliteStore store) : CatalogSpec(store), IClassFixture<SqliteStore>
{
    private (string, int?)[] Populates(CriteriaInput input) =>
        [.. Read(input).Populates.Select(populate => (populate.Name, populate.Limit)).OrderBy(populate => populate.Name)];

    [SkippableTheory]
    [InlineData("{}"), InlineData("""{"populate":""}"""), InlineData("""{"populate":null}"""), InlineData("""{"populate":true}""")]
    public void All_associations_are_populated_with_thirty_children_by_default(string body) =>
        Assert.Equal([("artists", 30), ("label", null), ("ticket", null), ("tracks", 30)], Populates(Body(body)));

    [SkippableTheory]
    [InlineData("populate=tracks,artists")]
    [InlineData("populate= tracks , artists")]
    [InlineData("populate=tracks&populate=artists")]
    [InlineData("populate=tracks,artists,Tracks")]
    public void Those_that_are_named_come_without_a_limit(string query) =>
        Assert.Equal([("artists", null), ("tracks", null)], Populates(Query(query)));

    [SkippableFact]
    public void A_list_is_as_good_as_commas()
    {
        Assert.Equal([("label", null), ("tracks", null)], Populates(Body("""{"populate":["tracks","label"]}""")));
        Assert.Empty(Populates(Body("""{"populate":[]}""")));
    }

    [SkippableTheory]
    [InlineData("""{"populate":"false"}"""), InlineData("""{"populate":false}""")]
    public void False_populates_nothing(string body) => Assert.Empty(Populates(Body(body)));

    [SkippableFact]
    public void The_navigation_is_there_to_be_followed()
    {
        var populate = Assert.Single(Read(Query("populate=artists")).Populates);
        Assert.Same(AlbumModel.FindSkipNavigation(nameof(Album.Artists)), populate.Association);
    }

    [SkippableFact]
    public void The_application_may_hide_associations_and_set_another_limit()
    {
        Options = new CriteriaOptions { DefaultPopulateLimit = 3, IsHidden = member => member.Name is nameof(Album.Artists) };
        Assert.Equal([("label", null), ("ticket", null), ("tracks", 3)], Populates(new()));
        Refused(CriteriaCodes.InvalidPopulates, Query("populate=artists"), "\"artists\"");
    }

    [SkippableTheory]
    [InlineData("""{"populate":"nothing"}""", "\"nothing\"", "tracks")]
    [InlineData("""{"populate":"title"}""", "\"title\"")]
    [InlineData("""{"populate":"sleeve"}""", "\"sleeve\"")]
    [InlineData("""{"populate":"labelId"}""", "\"labelId\"")]
    [InlineData("""{"populate":"[tracks,artists]"}""", "[tracks")]
    [InlineData("""{"populate":"[\"tracks\"]"}""", "tracks")]
    [InlineData("""{"populate":"tracks,"}""", "\"\"")]
    [InlineData("""{"populate":"tracks.album"}""", "tracks.album")]
    [InlineData("""{"populate":7}""", "\"populate\"")]
    [InlineData("""{"populate":{"tracks":{}}}""", "\"populate\"")]
    [InlineData("""{"populate":[["tracks"]]}""", "\"populate\"")]
    [InlineData("""{"populate":["tracks",false]}""", "\"populate\"")]
    public void Anything_else_is_refused(string body, params string[] words) => Refused(CriteriaCodes.InvalidPopulates, Body(body), words);
}
