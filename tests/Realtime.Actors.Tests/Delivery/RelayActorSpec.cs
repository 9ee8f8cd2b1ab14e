using Akka.Actor;
using Akka.TestKit;
using Microsoft.Extensions.Time.Testing;
using Realtime.Actors.Dispatching;
using Realtime.Actors.Rooms;
using Realtime.Actors.Tests.Support;
using Realtime.Actors.Topics;
using static Realtime.Actors.Tests.Support.Given;

namespace Realtime.Actors.Tests.Delivery;

public sealed class RelayActorSpec : ActorSpec
{
    private const long Epoch = 100;

    private readonly FakeFormat _json = new();
    private readonly FakeFormat _pack = new();
    private readonly TestProbe _region;
    private readonly TestProbe _ann;
    private readonly TestProbe _bob;
    private readonly IActorRef _relay;

    public RelayActorSpec()
    {
        (_region, _ann, _bob) = (CreateTestProbe(), CreateTestProbe(), CreateTestProbe());
        _relay = Sys.ActorOf(ActorFactory<RelayActor>.Props(() => new RelayActor(_region, _region, new Turns(TimeProvider.System))));
    }

    [Fact]
    public async Task What_waits_is_encoded_once_for_each_protocol_and_told_to_each_session_once()
    {
        var cid = CreateTestProbe();
        await JoinAsync(Ann, _ann, _json);
        await JoinAsync(Bob, _bob, _json);
        await JoinAsync(Cid, cid, _pack);
        // A gap makes them wait for certain; what fills it is one batch.
        Deliver(8);
        await _region.ExpectMsgAsync<Replay>();
        _relay.Tell(new Replayed(LobbyFeed, new Position(Epoch, 8), true, [.. Enumerable.Range(1, 8).Select(seq => Said(seq))]));
        foreach (var session in (TestProbe[])[_ann, _bob, cid])
            Assert.Equal(8, (await session.ExpectMsgAsync<Delivered>()).Messages.Length);
        Assert.Equal((1, 1), (_json.Encodings, _pack.Encodings));
    }

    [Fact]
    public async Task A_gap_is_filled_before_anything_after_it_is_passed_on()
    {
        await JoinAsync(Ann, _ann, _json);
        Deliver(1);
        await ExpectMessagesAsync(_ann, 1);
        Deliver(4);
        Deliver(5);
        Assert.Equal(new Position(Epoch, 1), (await _region.ExpectMsgAsync<Replay>()).After);
        _relay.Tell(new Replayed(LobbyFeed, new Position(Epoch, 5), true, [Said(2), Said(3), Said(4), Said(5)]));
        await ExpectMessagesAsync(_ann, 2, 3, 4, 5);
    }

    [Fact]
    public async Task What_can_no_longer_be_replayed_is_announced_as_missed()
    {
        await JoinAsync(Ann, _ann, _json);
        Deliver(9);
        await _region.ExpectMsgAsync<Replay>();
        _relay.Tell(new Replayed(LobbyFeed, new Position(Epoch, 9), false, [Said(8), Said(9)]));
        Assert.Equal(new Missed(LobbyFeed, new Position(Epoch, 7)), await _ann.ExpectMsgAsync<Missed>());
        await ExpectMessagesAsync(_ann, 8, 9);
    }

    [Fact]
    public async Task A_new_epoch_is_announced_as_missed()
    {
        await JoinAsync(Ann, _ann, _json);
        _relay.Tell(new Deliver(LobbyFeed, Epoch + 1, Said(1)));
        Assert.Equal(new Missed(LobbyFeed, new Position(Epoch + 1, 0)), await _ann.ExpectMsgAsync<Missed>());
        await ExpectMessagesAsync(_ann, 1);
    }

    [Fact]
    public async Task Who_joins_behind_a_gap_gets_only_what_comes_after_him()
    {
        await JoinAsync(Ann, _ann, _json);
        Deliver(3);
        await _region.ExpectMsgAsync<Replay>();
        PassOn(new JoinRoom(Lobby, Bob, Here, 1), _bob, _json);
        await _region.ExpectMsgAsync<JoinRoom>();
        _relay.Tell(new Joined(LobbyFeed, Bob, 1, new Position(Epoch, 3), 2));
        Deliver(4);
        _relay.Tell(new Replayed(LobbyFeed, new Position(Epoch, 4), true, [Said(1), Said(2), Said(3), Said(4)]));
        await _bob.ExpectMsgAsync<Joined>();
        await ExpectMessagesAsync(_bob, 4);
        await ExpectMessagesAsync(_ann, 1, 2, 3, 4);
    }

    [Fact]
    public async Task Who_leaves_hears_nothing_more_though_others_do()
    {
        await JoinAsync(Ann, _ann, _json);
        await JoinAsync(Bob, _bob, _json);
        PassOn(new Leave(LobbyFeed, Bob, 2), _bob, _json);
        Deliver(1);
        await ExpectMessagesAsync(_ann, 1);
        _relay.Tell(new Left(LobbyFeed, Bob, 2));
        await _bob.ExpectMsgAsync<Left>();
    }

    [Fact]
    public async Task Who_leaves_before_his_join_is_answered_hears_nothing_afterwards()
    {
        await JoinAsync(Ann, _ann, _json);
        PassOn(new JoinRoom(Lobby, Bob, Here, 1), _bob, _json);
        PassOn(new Leave(LobbyFeed, Bob, 2), _bob, _json);
        _relay.Tell(new Joined(LobbyFeed, Bob, 1, new Position(Epoch, 0), 2));
        _relay.Tell(new Left(LobbyFeed, Bob, 2));
        await _bob.ExpectMsgAsync<Joined>();
        await _bob.ExpectMsgAsync<Left>();
        Deliver(1);
        await ExpectMessagesAsync(_ann, 1);
        await _bob.ExpectNoMsgAsync(TimeSpan.Zero);
    }

    [Fact]
    public async Task Watchers_hear_of_new_records_and_then_of_their_changes_until_they_are_destroyed() // P-31, P-32
    {
        PassOn(SubscribeTo(Ann, Here, true) with { Op = 1 }, _ann, _json);
        _relay.Tell(new Subscribed(UsersFeed, Ann, 1, new Position(Epoch, 0), [], true));
        await _ann.ExpectMsgAsync<Subscribed>();
        PassOn(SubscribeTo(Bob, Here, false, 8) with { Op = 1 }, _bob, _json);
        _relay.Tell(new Subscribed(UsersFeed, Bob, 1, new Position(Epoch, 0), [Record(8)], false));
        await _bob.ExpectMsgAsync<Subscribed>();

        (Verb Verb, int Record)[] said = [(Verb.Created, 7), (Verb.Updated, 7), (Verb.Updated, 8), (Verb.Destroyed, 7), (Verb.Updated, 7), (Verb.Destroyed, 8)];
        for (var i = 0; i < said.Length; i++)
            _relay.Tell(new Deliver(UsersFeed, Epoch, Tell(said[i].Verb, said[i].Record).ToEnvelope(i + 1)));
        await ExpectMessagesAsync(_ann, 1, 2, 4);
        await ExpectMessagesAsync(_bob, 3, 6);
    }

    /// <summary>A room that moves may speak from its new place before its answer from the old one is here.</summary>
    [Theory, InlineData(Epoch, 2), InlineData(Epoch + 1, 1)]
    public async Task Whose_answer_is_overtaken_by_messages_is_told_that_it_comes_in_behind_them(long epoch, long seq)
    {
        var late = new Resumed(LobbyFeed, Cid, 1, new Position(Epoch, 0), true, [], [], false);
        await JoinAsync(Ann, _ann, _json);
        PassOn(new JoinRoom(Lobby, Bob, Here, 1), _bob, _json);
        PassOn(new Resume(LobbyFeed, Cid, Here, new Position(Epoch, 0), 1), _bob, _json);
        if (epoch == Epoch)
            Deliver(1);
        _relay.Tell(new Deliver(LobbyFeed, epoch, Said(seq)));
        _relay.Tell(new Joined(LobbyFeed, Bob, 1, new Position(Epoch, 0), 2));
        _relay.Tell(late);
        _relay.Tell(late);
        Assert.Equal(new Position(epoch, seq), (await _bob.ExpectMsgAsync<Joined>()).From);
        var resumed = await _bob.ExpectMsgAsync<Resumed>();
        Assert.Equal((new Position(epoch, seq), false), (resumed.From, resumed.Recovered));
        _relay.Tell(new Deliver(LobbyFeed, epoch, Said(seq + 1)));
        Assert.Equal(seq + 1, Assert.Single((await _bob.ExpectMsgAsync<Delivered>()).Messages).Seq);
    }

    [Fact]
    public async Task Whose_return_is_answered_too_late_gets_what_lies_between_from_where_the_room_is_now()
    {
        await JoinAsync(Ann, _ann, _json);
        PassOn(new Resume(LobbyFeed, Bob, Here, new Position(Epoch, 0), 1), _bob, _json);
        var asked = await _region.ExpectMsgAsync<Resume>();
        Deliver(1);
        _relay.Tell(new Resumed(LobbyFeed, Bob, 1, new Position(Epoch, 0), true, [], [], false));
        Assert.Equal(asked, await _region.ExpectMsgAsync<Resume>());
        _relay.Tell(new Resumed(LobbyFeed, Bob, 1, new Position(Epoch, 1), true, [Said(1)], [], false));
        var resumed = await _bob.ExpectMsgAsync<Resumed>();
        Assert.Equal((new Position(Epoch, 1), true, 1), (resumed.From, resumed.Recovered, resumed.Missed.Count));
        Deliver(2);
        await ExpectMessagesAsync(_bob, 2);
    }

    [Fact]
    public async Task A_room_is_listed_from_the_first_join_until_nobody_is_in_it_or_may_come_back_to_it()
    {
        await JoinAsync(Ann, _ann, _json);
        await JoinAsync(Bob, _bob, _json);
        Assert.Equal(["lobby"], await RoomsAsync());
        _relay.Tell(new Detach(LobbyFeed, Ann, MayComeBack: true));
        PassOn(new Leave(LobbyFeed, Bob, 2), _bob, _json);
        Assert.Equal(["lobby"], await RoomsAsync());
        _relay.Tell(new Detach(LobbyFeed, Ann, MayComeBack: false)); // another node has it from now on
        Assert.Empty(await RoomsAsync());
        PassOn(new Resume(LobbyFeed, Ann, Here, null, 3), _ann, null); // comes back, and loses its connection again at once
        _relay.Tell(new Resumed(LobbyFeed, Ann, 3, new Position(Epoch, 0), true, [], [], false));
        await _ann.ExpectMsgAsync<Resumed>();
        Assert.Equal(["lobby"], await RoomsAsync());
        PassOn(new Leave(LobbyFeed, Ann, 4), _ann, null);
        Assert.Empty(await RoomsAsync());
    }

    [Fact]
    public async Task A_room_that_has_forgotten_its_members_is_told_who_is_in_it_or_may_be()
    {
        await JoinAsync(Cid, _ann, _json); // of a room that writes its members down
        Assert.Empty((await CallRollAsync()).Members);
        PassOn(new Leave(LobbyFeed, Cid, 2), _ann, _json);
        await _region.ExpectMsgAsync<Leave>();

        var known = new Member(Ann, Here, Noon, new Presence("ann", default));
        PassOn(new JoinRoom(Lobby, Ann, Here, 1), _ann, _json);
        await _region.ExpectMsgAsync<JoinRoom>();
        _relay.Tell(new Joined(LobbyFeed, Ann, 1, new Position(Epoch, 0), 1, known));
        PassOn(new JoinRoom(Lobby, Bob, Here, 1), _bob, _json); // not answered yet
        await _region.ExpectMsgAsync<JoinRoom>();
        _relay.Tell(new Detach(LobbyFeed, Ann, MayComeBack: true));
        var here = await CallRollAsync();
        Assert.Equal((LobbyFeed, 5, NodeB, false), (here.Feed, here.Roll, here.Node, here.More));
        Assert.Equal([known, new Member(Bob, Here, default)], here.Members);

        _relay.Tell(new GivenUp(Bob, 1));
        _relay.Tell(new Detach(LobbyFeed, Ann, MayComeBack: false));
        Assert.Empty((await CallRollAsync()).Members);
    }

    [Fact]
    public async Task Many_members_are_told_in_several_messages()
    {
        SocketId[] sockets = [.. Enumerable.Range(0, 2500).Select(i => SocketId.Trusted($"1f3a90bc.{i:d16}"))];
        foreach (var socket in sockets)
        {
            PassOn(new JoinRoom(Lobby, socket, Here, 1), _ann, null);
            await _region.ExpectMsgAsync<JoinRoom>();
        }
        _relay.Tell(new CallRoll(LobbyFeed, 5, NodeB));
        var told = new List<SocketId>();
        MembersHere here;
        do
        {
            here = await _region.ExpectMsgAsync<MembersHere>();
            told.AddRange(here.Members.Select(member => member.Socket));
        }
        while (here.More);
        Assert.Equal(sockets, told.Order());
    }

    private async Task<MembersHere> CallRollAsync()
    {
        _relay.Tell(new CallRoll(LobbyFeed, 5, NodeB));
        return await _region.ExpectMsgAsync<MembersHere>();
    }

    private async Task<IReadOnlyList<string>> RoomsAsync() => (await AskAsync<RoomPage>(_relay, new ListRooms("", null, 10))).Names;

    [Fact]
    public async Task What_comes_while_many_sessions_are_at_work_is_told_to_them_at_once()
    {
        var relay = Sys.ActorOf(ActorFactory<RelayActor>.Props(() => new RelayActor(_region, _region, new Turns(new FakeTimeProvider()))));
        await FillAsync(relay, RelayActor.FewestToWaitFor);
        relay.Tell(new Deliver(LobbyFeed, Epoch, Said(1)));
        var turns = await TurnsAsync(RelayActor.FewestToWaitFor);
        relay.Tell(new Deliver(LobbyFeed, Epoch, Said(2)));
        await AskAsync<RoomPage>(relay, new ListRooms("", null, 1)); // it has taken it
        await ThePool.HasTakenWhatCameAsync();
        relay.Tell(new Deliver(LobbyFeed, Epoch, Said(3)));
        await AskAsync<RoomPage>(relay, new ListRooms("", null, 1));
        foreach (var turn in turns)
            turn.Pass();
        Assert.Equal([2L, 3L], (await _ann.ExpectMsgAsync<Delivered>()).Messages.Select(message => message.Seq));
    }

    [Fact]
    public async Task A_session_that_does_not_say_when_it_had_its_turn_keeps_nobody_waiting_for_long()
    {
        var time = new FakeTimeProvider();
        var relay = Sys.ActorOf(ActorFactory<RelayActor>.Props(() => new RelayActor(_region, _region, new Turns(time))));
        await FillAsync(relay, RelayActor.FewestToWaitFor);
        relay.Tell(new Deliver(LobbyFeed, Epoch, Said(1)));
        await TurnsAsync(RelayActor.FewestToWaitFor);
        relay.Tell(new Deliver(LobbyFeed, Epoch, Said(2)));
        await AskAsync<RoomPage>(relay, new ListRooms("", null, 1)); // it has taken it
        time.Advance(Turns.Longest);
        Assert.Equal(2, (await _ann.ExpectMsgAsync<Delivered>()).Messages.Single().Seq);
    }

    // All sessions are Ann's probe.
    private async Task FillAsync(IActorRef relay, int members)
    {
        for (var i = 0; i < members; i++)
        {
            var socket = SocketId.Trusted($"1f3a90bc.{i:d16}");
            relay.Tell(new PassOn(new JoinRoom(Lobby, socket, Here, 1), _ann, _json));
            relay.Tell(new Joined(LobbyFeed, socket, 1, new Position(Epoch, 0), 1));
            await _ann.ExpectMsgAsync<Joined>();
        }
    }

    // Those that the first and the last session got, behind the message.
    private async Task<Turn[]> TurnsAsync(int members)
    {
        for (var i = 0; i < members; i++)
            await _ann.ExpectMsgAsync<Delivered>();
        return [await _ann.ExpectMsgAsync<Turn>(), await _ann.ExpectMsgAsync<Turn>()];
    }

    [Theory]
    [InlineData(2)]
    [InlineData(RelayActor.FewestToWaitFor)]
    public async Task Sessions_that_are_told_together_write_together(int members)
    {
        for (var i = 0; i < members; i++)
        {
            var socket = SocketId.New(Here);
            _relay.Tell(new PassOn(new JoinRoom(Lobby, socket, Here, 1), Sys.ActorOf(Props.Create(() => new Writer(TestActor))), _json));
            _relay.Tell(new Joined(LobbyFeed, socket, 1, new Position(Epoch, 0), 1));
        }
        var together = false;
        // Who still works on what came before is told by himself.
        for (var seq = 1; !together; seq++)
        {
            Assert.True(seq < 1_000, "They never wrote together.");
            Deliver(seq);
            together = true;
            for (var i = 0; i < 2 * members; i++)
                together &= await ExpectMsgAsync<string>(TimeSpan.FromSeconds(20)) == "put off" || i >= members;
        }
    }

    private void Deliver(long seq) => _relay.Tell(new Deliver(LobbyFeed, Epoch, Said(seq)));

    private void PassOn(IMemberCommand command, TestProbe session, FrameFormat? format) =>
        _relay.Tell(new PassOn(command, session, format));

    private async Task JoinAsync(SocketId socket, TestProbe session, FrameFormat format)
    {
        PassOn(new JoinRoom(Lobby, socket, Here, 1), session, format);
        await _region.ExpectMsgAsync<JoinRoom>();
        _relay.Tell(new Joined(LobbyFeed, socket, 1, new Position(Epoch, 0), 1));
        await session.ExpectMsgAsync<Joined>();
    }

    private static async Task ExpectMessagesAsync(TestProbe session, params long[] seqs)
    {
        var seen = new List<long>();
        while (seen.Count < seqs.Length)
            seen.AddRange((await session.ExpectMsgAsync<Delivered>(TimeSpan.FromSeconds(10))).Messages.Select(message => message.Seq));
        Assert.Equal(seqs, seen);
    }

    /// <summary>Puts off its write where it may.</summary>
    private sealed class Writer(IActorRef test) : UntypedActor, IThreadPoolWorkItem
    {
        protected override void OnReceive(object message)
        {
            if (message is Turn turn)
                turn.Pass();
            if (message is not Delivered)
                return;
            var putOff = Round.PutOff(this);
            test.Tell(putOff ? "put off" : "not put off");
            if (!putOff)
                Execute();
        }

        public void Execute() => test.Tell("written", ActorRefs.NoSender);
    }
}
