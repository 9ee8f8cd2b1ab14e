using System.Text;
using Akka.Actor;
using Akka.TestKit;
using Realtime.Actors.Delivery;
using Realtime.Actors.Rooms;
using Realtime.Actors.Tests.Support;
using static Realtime.Actors.Tests.Support.Given;

namespace Realtime.Actors.Tests.Rooms;

/// <summary>Rooms whose members are known to each other.</summary>
public sealed class PresenceSpec : ActorSpec
{
    private readonly TestProbe _relays;

    public PresenceSpec()
    {
        Options = new() { Presence = true };
        _relays = ProbeRelays();
    }

    [Fact]
    public async Task Who_comes_is_told_to_all_with_what_it_tells_about_itself()
    {
        var room = StartRoom("lobby");
        var joined = await AskAsync<Joined>(room, JoinOf(Ann, "{\"name\":\"Ann\"}", "ann@example.com"));
        Assert.Equal(0, joined.From.Seq);
        var news = await NewsAsync();
        Assert.Matches($$"""^{"joined":\[{"socketId":"{{Ann}}","user":"ann@example.com","data":{"name":"Ann"},"joinedAt":"20\d\d-[^"]+Z"}\]}$""", news);
        await AskAsync<Joined>(room, JoinOf(Bob));
        Assert.Matches($$"""^{"joined":\[{"socketId":"{{Bob}}","joinedAt":"[^"]+"}\]}$""", await NewsAsync());
        Assert.Equal(2, (await AskAsync<FeedDescription>(room, new Describe(LobbyFeed))).Position.Seq);
    }

    [Fact]
    public async Task Who_goes_and_who_tells_something_else_is_told_to_those_who_stay()
    {
        var room = StartRoom("lobby");
        await AskAsync<Joined>(room, JoinOf(Ann, "1"));
        await AskAsync<Joined>(room, JoinOf(Bob, "1"));
        await NewsAsync();
        await NewsAsync();
        await AskAsync<Joined>(room, JoinOf(Ann, "2"));
        Assert.Matches($$"""^{"updated":\[{"socketId":"{{Ann}}","data":2,"joinedAt":"[^"]+"}\]}$""", await NewsAsync());
        await AskAsync<Left>(room, new Leave(LobbyFeed, Bob));
        Assert.Equal($$"""{"left":[{"socketId":"{{Bob}}"}]}""", await NewsAsync());
    }

    [Fact]
    public async Task To_join_again_with_the_same_or_with_nothing_changes_nothing()
    {
        var room = StartRoom("lobby");
        await AskAsync<Joined>(room, JoinOf(Ann, "1"));
        await AskAsync<Joined>(room, JoinOf(Ann, "1"));
        await AskAsync<Joined>(room, JoinOf(Ann));
        Assert.Equal(1, Journal.Rows);
        Assert.Equal(1, (await AskAsync<FeedDescription>(room, new Describe(LobbyFeed))).Position.Seq);
    }

    [Fact]
    public async Task What_happens_in_one_turn_is_told_at_once()
    {
        var room = StartRoom("lobby");
        await AskAsync<Joined>(room, JoinOf(Ann));
        await NewsAsync();
        Journal.Hold();
        room.Tell(JoinOf(Bob), TestActor); // begins a write, behind which the rest waits
        await Journal.HeldAsync();
        SocketId[] many = [.. Enumerable.Range(10, 20).Select(i => SocketId.Trusted($"1f3a90bc.{i:d16}"))];
        foreach (var socket in many)
            room.Tell(JoinOf(socket), TestActor);
        room.Tell(new Leave(LobbyFeed, many[0]), TestActor);
        await AskAsync<FeedDescription>(room, new Describe(LobbyFeed));
        Journal.Release();
        await NewsAsync();
        var news = await NewsAsync();
        Assert.Equal(many.Skip(1).Select(socket => true), many.Skip(1).Select(socket => news.Contains(socket.Value, StringComparison.Ordinal)));
        Assert.DoesNotContain(many[0].Value, news, StringComparison.Ordinal);
        Assert.DoesNotContain("left", news, StringComparison.Ordinal);
        Assert.Equal(3, (await AskAsync<FeedDescription>(room, new Describe(LobbyFeed))).Position.Seq);
    }

    [Fact]
    public async Task Members_of_a_node_that_is_given_up_are_told_to_have_left()
    {
        Options = Options with { ResumeWindow = TimeSpan.Zero };
        var lost = new NodeId(0x0bad);
        var room = StartRoom("lobby");
        await AskAsync<Joined>(room, JoinOf(Ann));
        await NewsAsync();
        await AskAsync<Joined>(room, new JoinRoom(Lobby, Bob, lost));
        await NewsAsync();
        room.Tell(new CheckNodes(LobbyFeed), TestActor);
        Assert.Equal($$"""{"left":[{"socketId":"{{Bob}}"}]}""", await NewsAsync());
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task What_members_tell_survives_rest_and_death(bool rests)
    {
        var room = StartRoom("lobby");
        await AskAsync<Joined>(room, JoinOf(Ann, "1", "ann"));
        await AskAsync<Joined>(room, JoinOf(Ann, "2", "ann"));
        await (rests ? RestAsync(room) : KillAsync(room));
        var member = Assert.Single((await AskAsync<MemberPage>(StartRoom("lobby"), new ListMembers(LobbyFeed, null, 10))).Members);
        Assert.Equal(("ann", "2"), (member.Presence!.User, Encoding.UTF8.GetString(member.Presence.Data.Span)));
    }

    [Fact]
    public async Task A_durable_room_numbers_its_news_as_what_it_writes()
    {
        Options = Options with { Durable = true };
        var room = StartRoom("lobby");
        await AskAsync<Joined>(room, JoinOf(Ann));
        await AskAsync<Published>(room, Say());
        await KillAsync(room);
        room = StartRoom("lobby");
        await AskAsync<Joined>(room, JoinOf(Bob));
        Assert.Equal(4, (await AskAsync<Published>(room, Say())).Position.Seq);
        var history = await AskAsync<HistoryPage>(room, new ReadHistory(LobbyFeed, null, 10));
        Assert.Equal(["$presence", "hello", "$presence", "hello"], history.Messages.Select(message => message.Event.Value));
    }

    [Fact]
    public async Task A_room_whose_members_are_not_known_keeps_nothing_of_what_they_tell()
    {
        Options = new();
        var room = StartRoom("lobby");
        await AskAsync<Joined>(room, JoinOf(Ann, "1", "ann"));
        Assert.Equal(0, (await AskAsync<FeedDescription>(room, new Describe(LobbyFeed))).Position.Seq);
        Assert.Null(Assert.Single((await AskAsync<MemberPage>(room, new ListMembers(LobbyFeed, null, 10))).Members).Presence);
    }

    private JoinRoom JoinOf(SocketId socket, string? data = null, string? user = null) =>
        new(Lobby, socket, Here, 0, data is null && user is null ? null : new Presence(user, data is null ? default : Json(data)));

    private async Task<string> NewsAsync()
    {
        var deliver = await _relays.ExpectMsgAsync<Deliver>(TimeSpan.FromSeconds(20));
        Assert.Equal("$presence", deliver.Message.Event.Value);
        return Encoding.UTF8.GetString(deliver.Message.Data.Span);
    }
}
