using Akka.Actor;
using Realtime.Actors.Rooms;
using Realtime.Actors.Tests.Support;
using static Realtime.Actors.Tests.Support.Given;

namespace Realtime.Actors.Tests.Feeds;

public sealed class FeedActorSpec : ActorSpec
{
    private JoinRoom JoinOf(SocketId socket, NodeId? node = null, int op = 0) => new(Lobby, socket, node ?? Here, op);

    [Fact]
    public async Task A_join_is_answered_only_after_it_is_written()
    {
        var room = StartRoom("lobby");
        Journal.Hold();
        room.Tell(JoinOf(Ann), TestActor);
        room.Tell(new Describe(LobbyFeed), TestActor);
        Assert.Equal(0, (await ExpectMsgAsync<FeedDescription>()).Members);
        Journal.Release();
        Assert.Equal(1, (await ExpectMsgAsync<Joined>()).Members);
    }

    [Fact]
    public async Task Joins_that_arrive_during_a_write_share_the_next_row()
    {
        var room = StartRoom("lobby");
        await AskAsync<FeedDescription>(room, new Describe(LobbyFeed));
        Journal.Hold();
        room.Tell(JoinOf(SocketId.Trusted("s00"), op: 0), TestActor);
        await Journal.HeldAsync();
        for (var i = 1; i < 20; i++)
            room.Tell(JoinOf(SocketId.Trusted($"s{i:d2}"), op: i), TestActor);
        await AskAsync<FeedDescription>(room, new Describe(LobbyFeed));
        Journal.Release();
        for (var i = 0; i < 20; i++)
            Assert.Equal(i, (await ExpectMsgAsync<Joined>()).Op);
        Assert.Equal(2, Journal.Rows);
    }

    [Fact]
    public async Task Joining_twice_is_joining_once()
    {
        var room = StartRoom("lobby");
        await AskAsync<Joined>(room, JoinOf(Ann));
        Assert.Equal(1, (await AskAsync<Joined>(room, JoinOf(Ann))).Members);
        Assert.Equal(1, Journal.Rows);
    }

    [Fact]
    public async Task A_broadcast_goes_once_to_each_node_with_members_and_to_no_other()
    {
        var (relays, neighbour) = (ProbeRelays(), Neighbour());
        Neighbour(78);
        var room = StartRoom("lobby");
        await AskAsync<Joined>(room, JoinOf(Ann));
        await AskAsync<Joined>(room, JoinOf(Bob));
        await AskAsync<Joined>(room, JoinOf(Cid, neighbour));
        var receipt = await AskAsync<Published>(room, Say());
        Assert.Equal((1, 3), (receipt.Position.Seq, receipt.Members));
        await AskAsync<Left>(room, new Leave(LobbyFeed, Cid));
        await AskAsync<Published>(room, Say());
        Assert.Equal((IEnumerable<long>)[1, 1, 2], await SequenceAsync(relays, 3));
    }

    [Fact]
    public async Task What_is_said_while_an_earlier_message_waits_for_a_write_keeps_its_place()
    {
        var relays = ProbeRelays();
        Options = new() { Durable = true };
        var room = StartRoom("lobby");
        await AskAsync<Joined>(room, JoinOf(Ann));
        Journal.Hold();
        for (var i = 0; i < 5; i++)
            room.Tell(Say(key: $"k{i}"), TestActor);
        Journal.Release();
        for (var i = 1; i <= 5; i++)
            Assert.Equal(i, (await ExpectMsgAsync<Published>()).Position.Seq);
        Assert.Equal((IEnumerable<long>)[1, 2, 3, 4, 5], await SequenceAsync(relays, 5));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_retried_broadcast_counts_once_also_while_the_first_attempt_waits(bool durable)
    {
        Options = new() { Durable = durable };
        var room = StartRoom("lobby");
        Journal.Hold();
        room.Tell(JoinOf(Ann), TestActor);
        room.Tell(Say(key: "k"), TestActor);
        room.Tell(Say(key: "k"), TestActor);
        Journal.Release();
        var answers = new List<object> { await ExpectMsgAsync<object>(), await ExpectMsgAsync<object>(), await ExpectMsgAsync<object>() };
        Assert.Equal([1L, 1L], answers.OfType<Published>().Select(published => published.Position.Seq));
        Assert.Equal(1, (await AskAsync<Published>(room, Say(key: "k"))).Position.Seq);
        Assert.Equal(2, (await AskAsync<Published>(room, Say(key: "other"))).Position.Seq);
    }

    [Fact]
    public async Task A_retry_within_one_write_counts_once_also_when_more_came_between_than_keys_are_kept()
    {
        Options = new() { Durable = true, IdempotencyKeys = 2 };
        var room = StartRoom("lobby");
        await AskAsync<Joined>(room, JoinOf(Ann));
        Journal.Hold();
        room.Tell(Say(key: "first"), TestActor);
        await Journal.HeldAsync();
        foreach (var key in (string[])["a", "b", "c", "d", "a"]) // the first is written alone, the others together
            room.Tell(Say(key: key), TestActor);
        Journal.Release();
        var numbers = new List<long>();
        for (var i = 0; i < 6; i++)
            numbers.Add((await ExpectMsgAsync<Published>(TimeSpan.FromSeconds(20))).Position.Seq);
        Assert.Equal([1, 2, 3, 4, 5, 2], numbers);
    }

    [Fact]
    public async Task A_durable_room_that_keeps_no_keys_still_numbers_every_message()
    {
        Options = new() { Durable = true, IdempotencyKeys = 0 };
        var room = StartRoom("lobby");
        Journal.Hold();
        room.Tell(JoinOf(Ann), TestActor);
        foreach (var key in (string[])["a", "a", "b"])
            room.Tell(Say(key: key), TestActor);
        Journal.Release();
        await ExpectMsgAsync<Joined>();
        for (var i = 1; i <= 3; i++)
            Assert.Equal(i, (await ExpectMsgAsync<Published>()).Position.Seq);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task When_the_journal_does_not_take_a_change_everybody_is_answered_and_nothing_is_changed(bool fails, bool rejects)
    {
        var room = StartRoom("lobby");
        Journal.Hold();
        room.Tell(JoinOf(Ann, op: 1), TestActor);
        room.Tell(JoinOf(Bob, op: 2), TestActor);
        await AskAsync<FeedDescription>(room, new Describe(LobbyFeed));
        (Journal.Fails, Journal.Rejects) = (fails, rejects);
        Journal.Release();
        Assert.Equal((1, ErrorCodes.Unavailable), await RefusalAsync());
        Assert.Equal((2, ErrorCodes.Unavailable), await RefusalAsync());
        if (rejects)
            Assert.Empty(await MembersOfAsync(room, LobbyFeed));

        async Task<(int, string)> RefusalAsync()
        {
            var refused = await ExpectMsgAsync<MemberRefused>();
            return (refused.Op, refused.Code);
        }
    }

    [Fact]
    public async Task The_receipt_of_a_destroyed_record_counts_those_who_were_subscribed() // P-32
    {
        var topic = StartTopic(Users);
        await AskAsync<object>(topic, SubscribeTo(Ann, Here, watch: false, 7));
        Assert.Equal(1, (await AskAsync<Published>(topic, Tell(Verb.Destroyed, 7))).Members);
        Assert.Equal(0, (await AskAsync<Published>(topic, Tell(Verb.Destroyed, 7))).Members);
    }

    [Fact]
    public async Task Members_of_a_lost_node_leave_when_their_time_is_over_and_others_stay()
    {
        Options = new() { ResumeWindow = TimeSpan.FromMilliseconds(50) };
        var room = StartRoom("lobby");
        await AskAsync<Joined>(room, JoinOf(Ann));
        await AskAsync<Joined>(room, JoinOf(Bob, new NodeId(404)));
        room.Tell(new CheckNodes(LobbyFeed), TestActor);
        await AwaitAssertAsync(async () => Assert.Equal((IEnumerable<SocketId>)[Ann], await MembersOfAsync(room, LobbyFeed)), TimeSpan.FromSeconds(10));
        await KillAsync(room);
        Assert.Equal((IEnumerable<SocketId>)[Ann], await MembersOfAsync(StartRoom("lobby"), LobbyFeed));
    }

    [Fact]
    public async Task A_leave_for_a_node_that_the_member_has_moved_away_from_changes_nothing()
    {
        var room = StartRoom("lobby");
        await AskAsync<Joined>(room, JoinOf(Ann, new NodeId(1)));
        await AskAsync<Resumed>(room, new Resume(LobbyFeed, Ann, Here, null));
        await AskAsync<Left>(room, new Leave(LobbyFeed, Ann, Node: new NodeId(1)));
        Assert.Equal((IEnumerable<SocketId>)[Ann], await MembersOfAsync(room, LobbyFeed));
        await AskAsync<Left>(room, new Leave(LobbyFeed, Ann, Node: Here));
        Assert.Empty(await MembersOfAsync(room, LobbyFeed));
    }

    [Fact]
    public async Task What_a_session_had_asked_before_its_socket_went_on_to_another_node_does_not_bring_it_back()
    {
        var relays = ProbeRelays();
        var (room, former) = (StartRoom("lobby"), Neighbour());
        await AskAsync<Joined>(room, JoinOf(Ann, new NodeId(404)));
        await AskAsync<Resumed>(room, new Resume(LobbyFeed, Ann, Here, null, Term: 2));
        await AskAsync<NotMember>(room, new Resume(LobbyFeed, Ann, former, null, Term: 1));
        await AskAsync<NotMember>(room, JoinOf(Ann, former) with { Term = 1 });
        Assert.Equal([Here], (await AskAsync<MemberPage>(room, new ListMembers(LobbyFeed, null, 10))).Members.Select(member => member.Node));
        await AskAsync<Published>(room, Say());
        Assert.Equal(new long[] { 1 }, await SequenceAsync(relays, 1));
        await AskAsync<Resumed>(room, new Resume(LobbyFeed, Ann, former, null, Term: 3));
        Assert.Equal([former], (await AskAsync<MemberPage>(room, new ListMembers(LobbyFeed, null, 10))).Members.Select(member => member.Node));
    }

    [Fact]
    public async Task A_socket_that_was_here_there_and_here_again_is_here_in_whatever_order_its_nodes_ask()
    {
        var (room, there) = (StartRoom("lobby"), Neighbour());
        await AskAsync<Joined>(room, JoinOf(Ann, new NodeId(404)));
        await AskAsync<Resumed>(room, new Resume(LobbyFeed, Ann, Here, null, Term: 1));
        await AskAsync<Resumed>(room, new Resume(LobbyFeed, Ann, Here, null, Term: 3));
        await AskAsync<NotMember>(room, new Resume(LobbyFeed, Ann, there, null, Term: 2));
        Assert.Equal([Here], (await AskAsync<MemberPage>(room, new ListMembers(LobbyFeed, null, 10))).Members.Select(member => member.Node));
    }

    [Fact]
    public async Task A_node_that_is_lost_has_no_say_in_where_its_sockets_come_back()
    {
        var room = StartRoom("lobby");
        await AskAsync<Joined>(room, JoinOf(Ann, new NodeId(404)) with { Term = 9 }); // by a clock that was fast
        await AskAsync<Resumed>(room, new Resume(LobbyFeed, Ann, Here, null, Term: 2));
        Assert.Equal([Here], (await AskAsync<MemberPage>(room, new ListMembers(LobbyFeed, null, 10))).Members.Select(member => member.Node));
    }

    private static async Task<long[]> SequenceAsync(Akka.TestKit.TestProbe relays, int count)
    {
        var seen = new long[count];
        for (var i = 0; i < count; i++)
            seen[i] = (await relays.ExpectMsgAsync<Deliver>(TimeSpan.FromSeconds(10))).Message.Seq;
        await relays.ExpectNoMsgAsync(TimeSpan.Zero);
        return seen;
    }
}
