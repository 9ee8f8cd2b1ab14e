using Realtime.Web.Tests.Models;

namespace Realtime.Web.Tests.Blueprints;

public sealed class AssociationBlueprintsOnSqliteSpec() : AssociationBlueprintsSpec(new SqliteLibrary());

public sealed class AssociationBlueprintsOnPostgresSpec() : AssociationBlueprintsSpec(new PostgresLibrary());

public sealed class AssociationBlueprintsOfManyModelsSpec() : AssociationBlueprintsSpec(new ManyModelsLibrary());

/// <summary>Associations over HTTP and over a socket (contract P-20 to P-30, B-22, B-26, B-33, B-37 to B-39).</summary>
public abstract class AssociationBlueprintsSpec(LibraryStore store) : LibrarySpec(store)
{
    /// <summary>Contract P-20, B-37.</summary>
    [SkippableFact]
    public async Task Adding_a_child_tells_both_sides_and_answers_with_the_parent()
    {
        await App.GivenAsync(new Album { Title = "Low" });
        await App.GivenAsync(new Track { Name = "V-2" });

        var events = await EventsOfAsync(async () =>
        {
            var (status, body) = await App.SendAsync("PUT", "/album/1/tracks/1", overSocket: true);
            Assert.Equal(200, status);
            Same("""{"id":1,"title":"Low","label":null,"tracks":[{"id":1,"name":"V-2","album":1}],"artists":[],"cover":null}""", body);
        });

        Assert.Equal(
        [
            """album {"verb":"addedTo","id":1,"attribute":"tracks","addedId":1,"addedIds":[1]}""",
            """track {"verb":"updated","id":1,"data":{"album":1}}""",
        ], events);
        Assert.Equal(["subscribe album 1", "subscribe track 1"], Topics.Calls);
    }

    /// <summary>Contract P-26.</summary>
    [SkippableFact]
    public async Task Stealing_a_child_tells_the_former_parent_last()
    {
        await App.GivenAsync(new Album { Title = "Low", Tracks = { new Track { Name = "V-2" } } });
        await App.GivenAsync(new Album { Title = "Heroes" });

        Assert.Equal(
        [
            """album {"verb":"addedTo","id":2,"attribute":"tracks","addedId":1,"addedIds":[1]}""",
            """track {"verb":"updated","id":1,"data":{"album":2}}""",
            """album {"verb":"removedFrom","id":1,"attribute":"tracks","removedId":1,"removedIds":[1]}""",
        ], await EventsOfAsync(() => App.SendAsync("PUT", "/album/2/tracks/1")));
    }

    /// <summary>Contract P-28.</summary>
    [SkippableTheory]
    [InlineData("PUT", "/album/1/tracks/1", null)]
    [InlineData("PUT", "/album/1/tracks", """["1"]""")]
    [InlineData("DELETE", "/album/2/tracks/1", null)]
    public async Task What_is_so_already_is_no_news(string method, string url, string? body)
    {
        await App.GivenAsync(new Album { Title = "Low", Tracks = { new Track { Name = "V-2" } } });
        await App.GivenAsync(new Album { Title = "Heroes" });
        Assert.Empty(await EventsOfAsync(async () => Assert.Equal(200, (await App.SendAsync(method, url, body)).Status)));
    }

    /// <summary>Contract P-21, B-38.</summary>
    [SkippableFact]
    public async Task Removing_a_child_tells_both_sides()
    {
        await App.GivenAsync(new Album { Title = "Low", Tracks = { new Track { Name = "V-2" } } });
        Assert.Equal(
        [
            """album {"verb":"removedFrom","id":1,"attribute":"tracks","removedId":1,"removedIds":[1]}""",
            """track {"verb":"updated","id":1,"data":{"album":null}}""",
        ], await EventsOfAsync(() => App.SendAsync("DELETE", "/album/1/tracks/1")));
    }

    /// <summary>Contract P-20, P-21, P-28: many-to-many, both sides under their own names, and again is no news.</summary>
    [SkippableFact]
    public async Task Many_to_many_tells_both_sides()
    {
        var artist = await App.GivenAsync(new Artist { Id = Guid.CreateVersion7(), Name = "Bowie" });
        await App.GivenAsync(new Album { Title = "Low" });

        Assert.Equal(
        [
            $$"""album {"verb":"addedTo","id":1,"attribute":"artists","addedId":"{{artist.Id}}","addedIds":["{{artist.Id}}"]}""",
            $$"""artist {"verb":"addedTo","id":"{{artist.Id}}","attribute":"albums","addedId":1,"addedIds":[1]}""",
        ], (await EventsOfAsync(() => App.SendAsync("PUT", $"/artist/{artist.Id}/albums/1"))).Order());
        Assert.Empty(await EventsOfAsync(() => App.SendAsync("PUT", $"/album/1/artists/{artist.Id}")));
        Assert.Equal(
        [
            $$"""album {"verb":"removedFrom","id":1,"attribute":"artists","removedId":"{{artist.Id}}","removedIds":["{{artist.Id}}"]}""",
            $$"""artist {"verb":"removedFrom","id":"{{artist.Id}}","attribute":"albums","removedId":1,"removedIds":[1]}""",
        ], (await EventsOfAsync(() => App.SendAsync("DELETE", $"/album/1/artists/{artist.Id}"))).Order());
    }

    /// <summary>Contract D-5: a PATCH with a plural attribute is a replace.</summary>
    [SkippableTheory]
    [InlineData("PUT", "/album/1/tracks", "[2]")]
    [InlineData("PATCH", "/album/1", """{"tracks":[2]}""")]
    public async Task Replacing_tells_who_left_and_who_came(string method, string url, string body)
    {
        await App.GivenAsync(new Album { Title = "Low", Tracks = { new Track { Name = "V-2" } } });
        await App.GivenAsync(new Track { Name = "Warszawa" });

        var events = await EventsOfAsync(() => App.SendAsync(method, url, body));

        Assert.Equal(4, events.Length);
        Assert.Equal(
        [
            """album {"verb":"removedFrom","id":1,"attribute":"tracks","removedId":1,"removedIds":[1]}""",
            """album {"verb":"addedTo","id":1,"attribute":"tracks","addedId":2,"addedIds":[2]}""",
        ], events[..2]);
    }

    /// <summary>Contract P-22, B-34.</summary>
    [SkippableFact]
    public async Task Creating_with_associations_tells_the_others_first()
    {
        await App.GivenAsync(new Label { Name = "RCA" });
        await App.GivenAsync(new Track { Name = "V-2" });

        var events = await EventsOfAsync(async () =>
        {
            var (_, body) = await App.SendAsync("POST", "/album", """{"title":"Low","label":1,"tracks":[1]}""");
            Same("""{"id":1,"title":"Low","label":{"id":1,"name":"RCA"},"tracks":[{"id":1,"name":"V-2","album":1}],"artists":[],"cover":null}""", body);
        });

        Assert.Equal(
        [
            """label {"verb":"addedTo","id":1,"attribute":"albums","addedId":1,"addedIds":[1]}""",
            """track {"verb":"updated","id":1,"data":{"album":1}}""",
            """album {"verb":"created","id":1,"data":{"id":1,"title":"Low","label":1}}""",
        ], events);
    }

    /// <summary>Contract P-23.</summary>
    [SkippableFact]
    public async Task Moving_a_record_to_another_parent_tells_both_parents_first()
    {
        await App.GivenAsync(new Label { Name = "RCA", Albums = { new Album { Title = "Low" } } });
        await App.GivenAsync(new Label { Name = "EMI" });

        var events = await EventsOfAsync(() => App.SendAsync("PATCH", "/album/1", """{"label":2}"""));

        Assert.Equal(
        [
            """label {"verb":"removedFrom","id":1,"attribute":"albums","removedId":1,"removedIds":[1]}""",
            """label {"verb":"addedTo","id":2,"attribute":"albums","addedId":1,"addedIds":[1]}""",
            """album {"verb":"updated","id":1,"data":{"id":1,"label":2},"previous":{"id":1,"title":"Low","cover":null,"label":{"id":1,"name":"RCA"},"tracks":[],"artists":[]}}""",
        ], events);
    }

    /// <summary>Contract P-24, P-29, P-30: all 35 children hear, and what they hear is so.</summary>
    [SkippableFact]
    public async Task Destroying_a_parent_tells_every_child()
    {
        var album = new Album { Title = "Low" };
        album.Tracks.AddRange(Enumerable.Range(1, 35).Select(i => new Track { Name = $"Track {i}" }));
        await App.GivenAsync(album);

        var events = await EventsOfAsync(() => App.SendAsync("DELETE", "/album/1"));

        Assert.StartsWith("""album {"verb":"destroyed","id":1,""", events[0], StringComparison.Ordinal);
        Assert.Equal(35, events.Count(happened => happened.EndsWith("\"data\":{\"album\":null}}", StringComparison.Ordinal)));
        Assert.Equal(36, events.Length);
    }

    /// <summary>Contract B-25, B-26.</summary>
    [SkippableTheory]
    [InlineData("PUT", "/album/9/tracks/1", null)]
    [InlineData("PUT", "/album/1/tracks/9", null)]
    [InlineData("DELETE", "/album/1/tracks/9", null)]
    [InlineData("PUT", "/album/9/tracks", "[1]")]
    [InlineData("GET", "/album/9/tracks", null)]
    [InlineData("GET", "/album/1/label", null)]
    public async Task Neither_parent_nor_child_that_is_missing_is_found(string method, string url, string? body)
    {
        await App.GivenAsync(new Album { Title = "Low" });
        await App.GivenAsync(new Track { Name = "V-2" });
        Assert.Empty(await EventsOfAsync(async () => Assert.Equal(404, (await App.SendAsync(method, url, body)).Status)));
    }

    /// <summary>Contract B-22, B-33.</summary>
    [SkippableFact]
    public async Task Populating_filters_the_children_and_subscribes_to_them()
    {
        await App.GivenAsync(new Album { Title = "Low", Tracks = { new Track { Name = "V-1" }, new Track { Name = "V-2" }, new Track { Name = "X" } } });

        var (_, body) = await App.SendAsync("GET", """/album/1/tracks?where={"name":{"startsWith":"V"}}&sort=name desc&limit=1""", overSocket: true);

        Assert.Equal(["V-2"], body!.AsArray().Select(track => (string)track!["name"]!));
        Assert.Equal("subscribe album 1", Topics.Calls[0]);
        Assert.Equal(2, Topics.Calls.Count);
    }

    /// <summary>Contract B-14, B-31: what is populated is subscribed to as well.</summary>
    [SkippableFact]
    public async Task Finding_brings_associations_along()
    {
        await App.GivenAsync(new Label { Name = "RCA", Albums = { new Album { Title = "Low", Tracks = { new Track { Name = "V-2" } } } } });

        var (_, all) = await App.SendAsync("GET", "/album", overSocket: true);
        var (_, none) = await App.SendAsync("GET", "/album?populate=false");
        var (_, one) = await App.SendAsync("GET", "/album/1?populate=label&select=id");

        Same("""[{"id":1,"title":"Low","label":{"id":1,"name":"RCA"},"tracks":[{"id":1,"name":"V-2","album":1}],"artists":[],"cover":null}]""", all);
        Same("""[{"id":1,"title":"Low","label":1}]""", none);
        Same("""{"id":1,"label":{"id":1,"name":"RCA"}}""", one);
        Assert.Equal(["subscribe album 1", "subscribe label 1", "subscribe track 1", "watch album"], Topics.Calls.Order());
    }

    /// <summary>Composite keys, in paths, events and associations.</summary>
    [SkippableFact]
    public async Task A_key_of_two_parts_works()
    {
        var created = await App.SendAsync("POST", "/seat", """{"row":"A","number":7,"colour":"red"}""");
        Assert.Equal(200, created.Status);
        var booking = await App.SendAsync("POST", "/booking", """{"seat":"A,7"}""");
        Same("""{"id":1,"seat":{"row":"A","number":7,"colour":"red"}}""", booking.Body);
        var (_, updated) = await App.SendAsync("PATCH", "/seat/A,7", """{"colour":"blue"}""");
        Assert.Equal("blue", (string)updated!["colour"]!);

        Assert.Equal(
        [
            """seat {"verb":"created","id":"A,7","data":{"row":"A","number":7,"colour":"red"}}""",
            """seat {"verb":"addedTo","id":"A,7","attribute":"bookings","addedId":1,"addedIds":[1]}""",
            """booking {"verb":"created","id":1,"data":{"id":1,"seat":"A,7"}}""",
            """seat {"verb":"updated","id":"A,7","data":{"row":"A","number":7,"colour":"blue"},"previous":{"row":"A","number":7,"colour":"red","bookings":[{"id":1,"seat":"A,7"}]}}""",
        ], await Topics.EventsAsync(4));
    }

    /// <summary>Enums, dates, decimals, lists, objects in JSON columns, and a concurrency token.</summary>
    [SkippableFact]
    public async Task Values_of_many_kinds_go_in_and_come_out()
    {
        const string Gadget = """{"power":"battery","madeOn":"2024-02-29","soldAt":"2024-03-01T12:00:00Z","price":9.5,"colours":["red"],"maker":{"name":"Ada","town":null}}""";
        var (status, created) = await App.SendAsync("POST", "/gadget", Gadget);
        Assert.True(status == 200, created?.ToJsonString());
        var id = (string)created!["id"]!;
        Same($$"""{"id":"{{id}}","version":0,""" + Gadget[1..], created);

        var (_, moved) = await App.SendAsync("PATCH", $"/gadget/{id}", """{"maker":{"name":"Ada","town":"London"}}""");
        Assert.Equal("London", (string)moved!["maker"]!["town"]!);
        await Topics.EventsAsync(2);
        var told = FakeTopics.Read(Topics.Published[1]);
        Same($$"""{"id":"{{id}}","maker":{"name":"Ada","town":"London"} }""", told["data"]);

        Assert.Equal(409, (await App.SendAsync("PATCH", $"/gadget/{id}", """{"version":5,"price":1}""")).Status);
        Assert.Equal(200, (await App.SendAsync("PATCH", $"/gadget/{id}", """{"version":0,"price":1}""")).Status);
    }
}
