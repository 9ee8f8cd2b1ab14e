using System.Text;
using Akka.Actor;
using Akka.TestKit;
using Realtime.Actors.Rooms;
using Realtime.Actors.Tests.Support;
using static Realtime.Actors.Tests.Support.Given;

namespace Realtime.Actors.Tests.Rooms;

/// <summary>Rooms that keep their members in memory only, and find them again by asking the relays.</summary>
public sealed class TransientMembershipSpec : ActorSpec
{
    private readonly TestProbe _relays;
    private readonly NodeId _there;

    public TransientMembershipSpec()
    {
        Options = new() { TransientMembership = true };
        _relays = ProbeRelays();
        _there = Neighbour();
    }

    [Fact]
    public async Task To_join_and_to_leave_writes_nothing_and_the_relay_is_to_remember_it()
    {
        var room = await StartAsync([]);
        var joined = await AskAsync<Joined>(room, new JoinRoom(Lobby, Ann, _there));
        Assert.Equal((Ann, _there), (joined.Remembered!.Socket, joined.Remembered.Node));
        await AskAsync<Joined>(room, new JoinRoom(Lobby, Bob, _there));
        await AskAsync<Left>(room, new Leave(LobbyFeed, Bob));
        Assert.Equal(1, (await AskAsync<Published>(room, Say())).Members);
        Assert.Equal(0, Journal.Rows);
        var resumed = await AskAsync<Resumed>(room, new Resume(LobbyFeed, Ann, Here, null));
        Assert.Equal((Ann, Here), (resumed.Remembered!.Socket, resumed.Remembered.Node));
        Assert.Equal(0, Journal.Rows);
    }

    [Fact]
    public async Task A_room_whose_members_are_written_asks_nobody_to_remember_them()
    {
        Options = new();
        Assert.Null((await AskAsync<Joined>(StartRoom("lobby"), new JoinRoom(Lobby, Ann, _there))).Remembered);
    }

    [Fact]
    public async Task After_its_death_it_finds_its_members_before_it_says_anything()
    {
        await KillAsync(await StartAsync([]));
        var room = StartRoom("lobby");
        var call = await _relays.ExpectMsgAsync<CallRoll>();
        var receipt = AskAsync<Published>(room, Say());
        room.Tell(new MembersHere(LobbyFeed, call.Roll, _there, [Known(Ann)], More: true));
        room.Tell(new MembersHere(LobbyFeed, call.Roll, _there, [Known(Bob)], More: false));
        Assert.Equal(2, (await receipt).Members);
        await _relays.ExpectMsgAsync<Deliver>();
        var members = (await AskAsync<MemberPage>(room, new ListMembers(LobbyFeed, null, 10))).Members;
        Assert.Equal([Ann, Bob], members.Select(member => member.Socket));
        Assert.Equal(Noon, members[0].JoinedAt);
    }

    [Fact]
    public async Task What_members_tell_about_themselves_is_found_again_and_not_told_as_news()
    {
        Options = Options with { Presence = true };
        var room = await StartAsync([Known(Ann) with { Presence = new Presence("ann", Json("1")) }]);
        var member = Assert.Single((await AskAsync<MemberPage>(room, new ListMembers(LobbyFeed, null, 10))).Members);
        Assert.Equal(("ann", "1"), (member.Presence!.User, Encoding.UTF8.GetString(member.Presence.Data.Span)));
        Assert.Equal(0, (await AskAsync<FeedDescription>(room, new Describe(LobbyFeed))).Position.Seq);
    }

    [Fact]
    public async Task Who_comes_is_told_as_in_other_rooms()
    {
        Options = Options with { Presence = true };
        var room = await StartAsync([]);
        await AskAsync<Joined>(room, new JoinRoom(Lobby, Ann, _there, Presence: new Presence(null, Json("1"))));
        Assert.Contains("joined", Encoding.UTF8.GetString((await _relays.ExpectMsgAsync<Deliver>()).Message.Data.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whose_join_waits_for_the_roll_is_news_and_hears_of_itself()
    {
        Options = Options with { Presence = true };
        var room = StartRoom("lobby");
        var call = await _relays.ExpectMsgAsync<CallRoll>();
        var joined = AskAsync<Joined>(room, new JoinRoom(Lobby, Ann, _there));
        room.Tell(new MembersHere(LobbyFeed, call.Roll, _there, [Known(Ann) with { JoinedAt = default }], More: false));
        Assert.Equal((0, 1), ((await joined).From.Seq, (await joined).Members));
        Assert.Equal(1, (await _relays.ExpectMsgAsync<Deliver>()).Message.Seq);
        Assert.NotEqual(default, Assert.Single((await AskAsync<MemberPage>(room, new ListMembers(LobbyFeed, null, 10))).Members).JoinedAt);
        Assert.Equal(1, (await AskAsync<FeedDescription>(room, new Describe(LobbyFeed))).Position.Seq);
    }

    [Fact]
    public async Task Whose_join_was_taken_in_the_former_life_is_in_until_its_leave_comes()
    {
        var room = StartRoom("lobby");
        var call = await _relays.ExpectMsgAsync<CallRoll>();
        var (there, answer) = (Known(Ann) with { JoinedAt = default }, new MembersHere(LobbyFeed, call.Roll, _there, [], More: true));
        room.Tell(answer with { Members = [there] });
        var before = AskAsync<FeedDescription>(room, new Describe(LobbyFeed));
        room.Tell(new Leave(LobbyFeed, Ann, 2), TestActor);
        room.Tell(answer with { More = false });
        Assert.Equal(1, (await before).Members);
        await ExpectMsgAsync<Left>();
        Assert.Empty(await MembersOfAsync(room, LobbyFeed));
    }

    [Fact]
    public async Task A_node_that_does_not_answer_holds_nobody_up_for_long_and_is_asked_until_it_does()
    {
        Options = Options with { Presence = true };
        var room = StartRoom("lobby");
        Assert.Equal(0, (await AskAsync<FeedDescription>(room, new Describe(LobbyFeed))).Members);
        var call = await _relays.ExpectMsgAsync<CallRoll>();
        Assert.Equal(call, await _relays.ExpectMsgAsync<CallRoll>(TimeSpan.FromSeconds(20)));
        room.Tell(new MembersHere(LobbyFeed, call.Roll, _there, [Known(Ann)], More: false));
        Assert.Equal([Ann], await MembersOfAsync(room, LobbyFeed));
        Assert.Equal(1, (await AskAsync<FeedDescription>(room, new Describe(LobbyFeed))).Position.Seq); // this is news by now
    }

    [Fact]
    public async Task An_answer_to_its_former_life_brings_nobody_back()
    {
        var first = StartRoom("lobby");
        var call = await _relays.ExpectMsgAsync<CallRoll>();
        await KillAsync(first);
        var second = await StartAsync([Known(Bob)]);
        second.Tell(new MembersHere(LobbyFeed, call.Roll, _there, [Known(Ann)], More: false));
        Assert.Equal([Bob], await MembersOfAsync(second, LobbyFeed));
    }

    [Fact]
    public async Task After_a_rest_it_goes_on_with_its_numbers_and_with_the_members_that_are_there_then()
    {
        var room = await StartAsync([Known(Ann), Known(Bob)]);
        var before = await AskAsync<Published>(room, Say());
        await RestAsync(room);
        room = await StartAsync([Known(Bob)]);
        Assert.Equal([Bob], await MembersOfAsync(room, LobbyFeed));
        Assert.Equal(before.Position.Next(), (await AskAsync<Published>(room, Say())).Position);
    }

    [Fact]
    public async Task A_crash_after_a_rest_begins_a_new_epoch()
    {
        var room = await StartAsync([Known(Ann)]);
        var before = await AskAsync<Published>(room, Say());
        await RestAsync(room);
        room = await StartAsync([Known(Ann)]);
        await AskAsync<Published>(room, Say());
        await KillAsync(room);
        var after = await AskAsync<Published>(await StartAsync([Known(Ann)]), Say());
        Assert.True(after.Position.Epoch > before.Position.Epoch);
        Assert.Equal((1, 1), (after.Position.Seq, after.Members));
    }

    [Fact]
    public async Task A_durable_room_writes_its_messages_and_nothing_else()
    {
        Options = Options with { Durable = true };
        var room = await StartAsync([]);
        await AskAsync<Joined>(room, new JoinRoom(Lobby, Ann, _there));
        var before = await AskAsync<Published>(room, Say());
        Assert.Equal(1, Journal.Rows);
        await KillAsync(room);
        var after = await AskAsync<Published>(await StartAsync([Known(Ann)]), Say());
        Assert.Equal((before.Position.Next(), 1), (after.Position, after.Members));
    }

    [Fact]
    public async Task A_room_that_everybody_has_left_leaves_nothing_behind()
    {
        var room = await StartAsync([Known(Ann)]);
        await AskAsync<Published>(room, Say());
        await RestAsync(room);
        room = await StartAsync([]);
        await RestAsync(room);
        Assert.Equal(1, (await AskAsync<Published>(await StartAsync([]), Say())).Position.Seq); // it begins anew
    }

    private async Task<IActorRef> StartAsync(Member[] members)
    {
        var room = StartRoom("lobby");
        var call = await _relays.FishForMessageAsync<CallRoll>(_ => true, TimeSpan.FromSeconds(20));
        Assert.Equal((LobbyFeed, _there), (call.Feed, call.Node));
        room.Tell(new MembersHere(LobbyFeed, call.Roll, _there, members, More: false));
        await AskAsync<FeedDescription>(room, new Describe(LobbyFeed));
        return room;
    }

    private Member Known(SocketId socket) => new(socket, _there, Noon);
}
