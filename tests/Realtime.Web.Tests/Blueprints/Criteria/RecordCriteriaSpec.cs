using Microsoft.EntityFrameworkCore;
using Realtime.Web.Blueprints.Criteria;

namespace Realtime.Web.Tests.Blueprints.Criteria;

public sealed class RecordCriteriaOnSqliteSpec(SqliteStore store) : RecordCriteriaSpec(store), IClassFixture<SqliteStore>;

public sealed class RecordCriteriaOnPostgresSpec(PostgresStore store) : RecordCriteriaSpec(store), IClassFixture<PostgresStore>;

public abstract class RecordCriteriaSpec(CatalogStore store) : CatalogSpec(store)
{
    private const string Everything = """
        {"where":{"title":{"contains":"MARK"},"year":[1,2],"or":[{"plays":{">":4}},{"not":{"mood":"Rock"}},{"subtitle":{"<":"MARK"}}]},
         "skip":17,"limit":23,"sort":"title DESC"}
        """;

    [SkippableFact]
    public void A_model_without_a_class_is_asked_the_same_way()
    {
        var model = Catalog.Model.FindEntityType(Catalog.Pet)!;
        Assert.Equal(["Rex"], Names("""{"age":{">":"2"}}"""));
        Assert.Equal(["Tom"], Names("""{"age":null}"""));
        Assert.Equal(["Tom", "Rex"], Names("""{"sort":"name DESC"}"""));
        Assert.Equal(["Rex"], Names("""{"isTame":true,"name":{"startsWith":"R"}}"""));

        object[] Names(string body) =>
            [.. CriteriaReader.Read(model, Body(body), Options).Apply(Catalog.Pets.AsNoTracking()).Select(pet => pet["Name"])];
    }

    [SkippableFact]
    public void A_query_whose_type_is_known_at_run_time_only_will_do()
    {
        IQueryable records = Catalog.Albums;
        var criteria = Read(Query("year=2005&sort=price"));
        Assert.Equal([3, 2], criteria.Apply(records).Cast<Album>().Select(album => album.Id));
        Assert.Equal(2, criteria.Filter(records).Cast<Album>().Count());
    }

    [SkippableFact]
    public void The_filter_alone_knows_no_pages() => Assert.Equal(3, Read(Query("limit=1&skip=1")).Filter(Catalog.Albums).Count());

    [SkippableFact]
    public void Criteria_join_what_the_query_demands_already() =>
        Assert.Equal([2], Read(Query("year=2005")).Apply(Catalog.Albums.Where(album => album.Id < 3)).Select(album => album.Id));

    [SkippableFact]
    public void Associations_that_the_query_includes_come_along()
    {
        var album = Assert.Single(Read(Query("id=1")).Apply(Catalog.Albums.Include(a => a.Tracks).AsNoTracking()));
        Assert.Equal(2, album.Tracks.Count);
    }

    [SkippableFact]
    public void Criteria_about_another_model_do_not_apply() =>
        Assert.Throws<ArgumentException>(() => Read(Query("year=2005")).Apply(Catalog.Set<Track>()));

    [SkippableFact]
    public void A_composite_key_breaks_ties_and_filters_by_its_parts()
    {
        var model = Catalog.Model.FindEntityType(typeof(Track))!;
        Assert.Equal([(1, 1), (1, 2), (2, 1)], Keys("{}"));
        Assert.Equal([(1, 2), (1, 1), (2, 1)], Keys("""{"sort":["albumId","number DESC"]}"""));
        Assert.Equal([(1, 1), (2, 1), (1, 2)], Keys("""{"sort":"number"}"""));
        Assert.Equal([(1, 2)], Keys("""{"album":1,"number":2}"""));
        Assert.Throws<Actors.RealtimeException>(() => Keys("""{"id":1}"""));

        (int, int)[] Keys(string body) => [.. CriteriaReader.Read(model, Body(body), Options).Apply(Catalog.Set<Track>().AsNoTracking())
            .AsEnumerable().Select(track => (track.AlbumId, track.Number))];
    }

    [SkippableFact]
    public void A_key_of_a_type_of_its_own_is_written_as_what_is_stored()
    {
        var model = Catalog.Model.FindEntityType(typeof(Ticket))!;
        var id = Records.SkuOf(9);
        Assert.Equal(1, Count($$"""{"id":"{{id}}"}"""));
        Assert.Equal(1, Count($$"""{"id":["{{id}}"]}"""));
        Assert.Equal(0, Count($$$"""{"id":{"!=":"{{{id}}}"}}"""));
        Assert.Equal(1, Count("""{"page":"https://example.org/1"}"""));
        Assert.Throws<Actors.RealtimeException>(() => Count("""{"id":"x"}"""));
        Assert.Throws<Actors.RealtimeException>(() => Count($$"""{"id":{"<":"{{id}}"} }"""));
        Assert.Throws<Actors.RealtimeException>(() => Count("""{"page":{"contains":"x"} }"""));

        int Count(string where) => CriteriaReader.Read(model, Body($$"""{"where":{{where}}}"""), Options).Apply(Catalog.Set<Ticket>()).Count();
    }

    [SkippableFact]
    public void A_derived_model_has_the_attributes_of_its_base()
    {
        var (model, parent) = (Catalog.Model.FindEntityType(typeof(Band))!, Catalog.Model.FindEntityType(typeof(Artist))!);
        Assert.Equal(["Trio"], CriteriaReader.Read(model, Query("size=3&name=Trio"), Options).Apply(Catalog.Set<Band>()).Select(band => band.Name));
        Assert.Equal(["Solo", "Trio", "Crowd"], CriteriaReader.Read(parent, new(), Options).Apply(Catalog.Set<Artist>()).Select(artist => artist.Name));
        Assert.Equal(["Crowd", "Trio"], CriteriaReader.Read(parent, Query("sort=name"), Options).Apply(Catalog.Set<Band>()).Select(band => band.Name));
        Assert.Throws<Actors.RealtimeException>(() => CriteriaReader.Read(parent, Query("size=3"), Options));
        Assert.Throws<ArgumentException>(() => CriteriaReader.Read(model, Query("size=3"), Options).Apply(Catalog.Set<Artist>()));
    }

    [SkippableFact]
    public void No_value_stands_in_the_text_of_a_statement()
    {
        var sql = Statement(Everything);
        Assert.DoesNotContain("MARK", sql, StringComparison.Ordinal);
        Assert.DoesNotContain("17", sql, StringComparison.Ordinal);
        Assert.DoesNotContain("23", sql, StringComparison.Ordinal);
        Assert.DoesNotContain("Rock", sql, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Other_values_are_the_same_statement() => Assert.Equal(
        Statement(Everything),
        Statement(Everything.Replace("MARK", "x", StringComparison.Ordinal).Replace("17", "1", StringComparison.Ordinal)
            .Replace("[1,2]", "[3,4]", StringComparison.Ordinal).Replace("Rock", "Jazz", StringComparison.Ordinal)));

    // A CASE around a column keeps a datastore from its indexes.
    [SkippableFact]
    public void A_negation_is_said_so_that_an_index_serves() => Assert.DoesNotContain("CASE", Statement(
        """{"where":{"not":{"plays":{">":6}},"or":[{"rating":{"not":{"<":3}}},{"not":{"subtitle":{"contains":"a"},"title":{">":"b"}}}]}}"""), StringComparison.Ordinal);

    // What is sent, not what is shown of it for debugging: that repeats the values in a comment.
    private string Statement(string body)
    {
        using var command = Read(Body(body)).Apply(Catalog.Albums).CreateDbCommand();
        return command.CommandText;
    }
}
