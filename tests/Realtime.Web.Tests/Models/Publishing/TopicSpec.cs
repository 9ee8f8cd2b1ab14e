using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Realtime.Actors;
using Realtime.Actors.Names;
using Realtime.Web.Models.Publishing;

namespace Realtime.Web.Tests.Models.Publishing;

public sealed class TopicOnSqliteSpec() : TopicSpec(new SqliteLibrary());

public sealed class TopicOfManyModelsSpec() : TopicSpec(new ManyModelsLibrary());

/// <summary>The methods that Sails puts on each model class, for the application's own code (contract 2.1 to 2.5).</summary>
public abstract class TopicSpec(LibraryStore store) : LibrarySpec(store)
{
    private static readonly Guid Bowie = Guid.Parse("7d3f0a34-3f7e-4c43-9c0e-0f6f6f0a0001");

    private ITopic<Album> Albums => Of<Album>();

    /// <summary>Contract P-1, P-2, P-18.</summary>
    [Fact]
    public void The_id_of_a_record_comes_from_its_key_0_included_or_from_the_record()
    {
        Assert.Equal("album", Albums.Model.Value);
        Assert.Equal("0", Albums.IdOf(0).Value);
        Assert.Equal("7", Albums.IdOf("7").Value);
        Assert.Equal("7", Albums.IdOf(new Album { Id = 7 }).Value);
        Assert.Equal("A,7", Of<Seat>().IdOf(("A", 7)).Value);
        Assert.Equal("sails_model_album_7:album", Albums.RoomNameOf(7).Value);
        Assert.Equal("sails_model_album_13-admins:album", Albums.RoomNameOf("13-admins").Value);
    }

    /// <summary>Contract P-3, P-4, P-6, P-9, P-40.</summary>
    [Fact]
    public async Task Sockets_subscribe_and_watch_and_undo_it()
    {
        await Albums.SubscribeAsync(LibraryApp.Ann, [1, "2", new Album { Id = 3 }]);
        await Albums.UnsubscribeAsync(LibraryApp.Ann, [1]);
        await Albums.WatchAsync(LibraryApp.Ann);
        await Albums.UnwatchAsync(LibraryApp.Ann);
        Assert.Equal(["subscribe album 1,2,3", "unsubscribe album 1", "watch album", "unwatch album"], Topics.Calls);
    }

    /// <summary>Contract P-5, P-6.</summary>
    [Fact]
    public async Task What_is_published_is_sent_as_it_is_to_each_record_and_not_to_the_requester()
    {
        await Albums.PublishAsync([], "nobody");
        await Albums.PublishAsync([1, 2], new { Hi = 1 }, LibraryApp.Ann);
        Assert.Equal(["album {\"hi\":1}", "album {\"hi\":1}"], Told());
        Assert.Equal(["1", "2"], Topics.Published.Select(happened => happened.Record!.Value.Value));
        Assert.All(Topics.Published, happened => Assert.Equal((Verb.Messaged, LibraryApp.Ann), (happened.Verb, happened.Omit)));
    }

    /// <summary>Contract P-6: one that is missing is an error, and then nothing is sent.</summary>
    [Fact]
    public async Task A_missing_or_impossible_key_is_refused_and_nothing_is_sent()
    {
        foreach (var refused in (Func<Task>[])
        [
            () => Albums.PublishAsync([1, null!], "x"),
            () => Albums.UpdatedAsync("seven", new { title = "Low" }),
            () => Albums.CreatedAsync(new { title = "Low" }),
            () => Albums.AddedToAsync(1, "tracks", new { name = "V-2" }),
            () => Albums.AddedToAsync(1, "label", 1),
            () => Albums.MessagedAsync(Array.Empty<object>(), "x"),
        ])
        {
            var refusal = await Assert.ThrowsAsync<RealtimeException>(refused);
            Assert.Contains(refusal.Code, new[] { ErrorCodes.InvalidRecord, ErrorCodes.InvalidRequest });
        }
        Assert.Empty(Topics.Published);
    }

    /// <summary>Contract P-10, P-11, P-22, P-34: what it is associated with hears first.</summary>
    [Fact]
    public async Task Created_tells_the_watchers_and_before_them_what_the_record_is_associated_with()
    {
        await Albums.CreatedAsync(new Album { Id = 7, Title = "Low", LabelId = 2, Tracks = { new Track { Id = 41 } }, Artists = { new Artist { Id = Bowie } } });
        Assert.Equal(
        [
            """label {"verb":"addedTo","id":2,"attribute":"albums","addedId":7,"addedIds":[7]}""",
            """track {"verb":"updated","id":41,"data":{"album":7}}""",
            $$"""artist {"verb":"addedTo","id":"{{Bowie}}","attribute":"albums","addedId":7,"addedIds":[7]}""",
            """album {"verb":"created","id":7,"data":{"id":7,"title":"Low","label":2}}""",
        ], Told().Order(StringComparer.Ordinal).OrderBy(Rank));
        Assert.EndsWith("\"title\":\"Low\",\"label\":2}}", Told()[^1], StringComparison.Ordinal);
    }

    /// <summary>Contract P-22: values may be keys or objects. B-48: what is hidden stays hidden. A foreign key of no property is known by its reference.</summary>
    [Fact]
    public async Task A_record_may_be_given_as_clients_know_it()
    {
        await Of<Track>().CreatedAsync(new { id = 41, name = "V-2", album = new { id = 7 } });
        await Of<Track>().CreatedAsync(new Track { Id = 42, Name = "X", Album = new Album { Id = 7 } });
        await Of<User>().CreatedAsync(new { id = 1, name = "Ann", password = "secret" });
        Assert.Equal(
        [
            """album {"verb":"addedTo","id":7,"attribute":"tracks","addedId":41,"addedIds":[41]}""",
            """track {"verb":"created","id":41,"data":{"id":41,"name":"V-2","album":{"id":7}}}""",
            """album {"verb":"addedTo","id":7,"attribute":"tracks","addedId":42,"addedIds":[42]}""",
            """track {"verb":"created","id":42,"data":{"id":42,"name":"X","album":7}}""",
            """user {"verb":"created","id":1,"data":{"id":1,"name":"Ann"}}""",
        ], Told());
    }

    /// <summary>Contract P-12, P-35: verbatim; without <c>previous</c> nobody else hears (P-23).</summary>
    [Fact]
    public async Task Updated_tells_the_subscribers_what_is_given()
    {
        await Albums.UpdatedAsync("7", new { title = "Heroes", label = 2 });
        await Albums.UpdatedAsync(7, new { title = "Heroes" }, new { id = 7, title = "Low" }, LibraryApp.Ann);
        Assert.Equal(
        [
            """album {"verb":"updated","id":7,"data":{"title":"Heroes","label":2}}""",
            """album {"verb":"updated","id":7,"data":{"title":"Heroes"},"previous":{"id":7,"title":"Low"}}""",
        ], Told());
        Assert.Equal([null, LibraryApp.Ann], Topics.Published.Select(happened => happened.Omit));
    }

    /// <summary>Contract P-23.</summary>
    [Fact]
    public async Task With_previous_those_that_were_left_hear_first_then_those_that_were_joined()
    {
        await Albums.UpdatedAsync(7, new { label = 3, tracks = new[] { 42, 43 }, cover = (int?)null }, new { label = 2, tracks = new[] { new { id = 41 }, new { id = 42 } }, cover = 5 });
        Assert.Equal(
        [
            """label {"verb":"removedFrom","id":2,"attribute":"albums","removedId":7,"removedIds":[7]}""",
            """label {"verb":"addedTo","id":3,"attribute":"albums","addedId":7,"addedIds":[7]}""",
            """track {"verb":"updated","id":41,"data":{"album":null}}""",
            """track {"verb":"updated","id":43,"data":{"album":7}}""",
            """cover {"verb":"updated","id":5,"data":{"album":null}}""",
        ], Told()[..^1].OrderBy(Rank));
        Assert.StartsWith("album {\"verb\":\"updated\"", Told()[^1], StringComparison.Ordinal);

        var before = Told().Length;
        await Albums.UpdatedAsync(7, new { label = "2", tracks = new[] { "41" } }, new { label = 2 });      // no change, and no word of tracks before
        Assert.Equal(before + 1, Told().Length);
    }

    /// <summary>Contract P-13, P-24, P-36.</summary>
    [Fact]
    public async Task Destroyed_tells_the_subscribers_and_after_them_what_the_record_was_associated_with()
    {
        await Albums.DestroyedAsync(7, new { id = 7, label = 2, tracks = new[] { new { id = 41 } }, artists = new[] { Bowie } });
        Assert.StartsWith("album {\"verb\":\"destroyed\",\"id\":7,\"previous\":{", Told()[0], StringComparison.Ordinal);
        Assert.Equal(
        [
            """label {"verb":"removedFrom","id":2,"attribute":"albums","removedId":7,"removedIds":[7]}""",
            """track {"verb":"updated","id":41,"data":{"album":null}}""",
            $$"""artist {"verb":"removedFrom","id":"{{Bowie}}","attribute":"albums","removedId":7,"removedIds":[7]}""",
        ], Told()[1..].OrderBy(Rank));
    }

    /// <summary>Contract P-14, P-20, P-37.</summary>
    [Fact]
    public async Task Added_to_tells_both_ends_and_subscribes_the_requester_to_the_child()
    {
        await Albums.AddedToAsync(7, "tracks", new { id = 41, name = "V-2" }, LibraryApp.Ann);
        await Albums.AddedToAsync(7, "artists", Bowie);
        Assert.Equal(
        [
            """album {"verb":"addedTo","id":7,"attribute":"tracks","addedId":41,"addedIds":[41],"added":{"id":41,"name":"V-2"}}""",
            """track {"verb":"updated","id":41,"data":{"album":7}}""",
            $$"""album {"verb":"addedTo","id":7,"attribute":"artists","addedId":"{{Bowie}}","addedIds":["{{Bowie}}"]}""",
            $$"""artist {"verb":"addedTo","id":"{{Bowie}}","attribute":"albums","addedId":7,"addedIds":[7]}""",
        ], Told());
        Assert.Equal(["subscribe track 41"], Topics.Calls);
    }

    /// <summary>Contract P-15, P-21, P-38.</summary>
    [Fact]
    public async Task Removed_from_tells_both_ends()
    {
        await Albums.RemovedFromAsync(7, "tracks", "41");
        await Of<Artist>().RemovedFromAsync(Bowie, "albums", 7);
        Assert.Equal(
        [
            """album {"verb":"removedFrom","id":7,"attribute":"tracks","removedId":41,"removedIds":[41]}""",
            """track {"verb":"updated","id":41,"data":{"album":null}}""",
            $$"""artist {"verb":"removedFrom","id":"{{Bowie}}","attribute":"albums","removedId":7,"removedIds":[7]}""",
            $$"""album {"verb":"removedFrom","id":7,"attribute":"artists","removedId":"{{Bowie}}","removedIds":["{{Bowie}}"]}""",
        ], Told());
    }

    /// <summary>Contract P-19.</summary>
    [Fact]
    public async Task Without_reverse_the_other_end_hears_nothing()
    {
        await Albums.CreatedAsync(new { id = 7, label = 2 }, noReverse: true);
        await Albums.UpdatedAsync(7, new { label = 3 }, new { label = 2 }, noReverse: true);
        await Albums.AddedToAsync(7, "tracks", 41, LibraryApp.Ann, noReverse: true);
        await Albums.RemovedFromAsync(7, "tracks", 41, noReverse: true);
        await Albums.DestroyedAsync(7, new { label = 2 }, noReverse: true);
        Assert.Equal(["created", "updated", "addedTo", "removedFrom", "destroyed"], Told().Select(happened => happened.Split('"')[3]));
        Assert.All(Told(), happened => Assert.StartsWith("album ", happened, StringComparison.Ordinal));
        Assert.Empty(Topics.Calls);
    }

    /// <summary>Contract P-16, P-39.</summary>
    [Fact]
    public async Task Messaged_says_what_the_application_has_to_say()
    {
        await Albums.MessagedAsync(new Album { Id = 7 }, new { Hi = 1 });
        await Albums.MessagedAsync(0, null);
        Assert.Equal(["""album {"verb":"messaged","id":7,"data":{"hi":1}}""", """album {"verb":"messaged","id":0,"data":null}"""], Told());
    }

    private static int Rank(string happened) =>
        Array.IndexOf(["label", "track", "artist", "cover", "album"], happened.Split(' ')[0]);

    private string[] Told() =>
        [.. Topics.Published.Select(happened => $"{happened.Model} {Encoding.UTF8.GetString(happened.Envelope.Span)}")];

    private ITopic<T> Of<T>()
        where T : class => App.Services.GetRequiredService<ITopic<T>>();
}
