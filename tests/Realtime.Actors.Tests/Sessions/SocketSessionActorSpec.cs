using Akka.Actor;
using Akka.TestKit;
using Realtime.Actors.Rooms;
using Realtime.Actors.Sessions;
using Realtime.Actors.Tests.Support;
using static Realtime.Actors.Tests.Support.Given;
using Envelope = Realtime.Actors.Delivery.Envelope;

namespace Realtime.Actors.Tests.Sessions;

public sealed class SocketSessionActorSpec : ActorSpec
{
    private const long Epoch = 100;

    private readonly TestProbe _relay;
    private readonly FakeTransport _transport = new();

    public SocketSessionActorSpec() => _relay = ProbeRelays();

    private SessionOptions Session { get; set; } = new() { AskAgainAfter = TimeSpan.FromMilliseconds(50), ResumeWindow = TimeSpan.FromMinutes(1) };

    [Fact]
    public async Task Messages_are_written_in_order_and_what_waits_for_a_slow_connection_follows()
    {
        var session = await OpenAsync();
        await BlockAsync(session, Said(1));
        for (var seq = 2; seq <= 5; seq++)
            Deliver(session, Said(seq));
        await EventuallyAsync(() => _transport.Writes == 1);
        _transport.Drain();
        await EventuallyAsync(() => _transport.Writes == 5);
        Assert.Equal(["lobby:1", "lobby:2", "lobby:3", "lobby:4", "lobby:5"], _transport.Lines);
    }

    /// <summary>What the rooms of a socket say at the same time is one write; whatever else comes finds it on its way.</summary>
    [Fact]
    public async Task What_has_come_meanwhile_is_written_together()
    {
        var session = await OpenAsync();
        _transport.AtFirst = () =>
        {
            for (var seq = 2; seq <= 4; seq++)
                Deliver(session, Said(seq));
            session.Tell(new Turn(new Turns(TimeProvider.System), relays: 2, TimeProvider.System));
            session.Tell(Delivered(FeedId.Of(RoomName.Parse("other")), Said(1)));
            session.Tell(new SendToSocket(Ann, EventName.Parse("news"), Json("1")), TestActor);
            Deliver(session, Said(5));
        };
        Deliver(session, Said(1));
        await EventuallyAsync(() => _transport.Writes == 7);
        Assert.Equal(["lobby:1", "lobby:2", "lobby:3", "lobby:4", "other:1", "direct:news", "lobby:5"], _transport.Lines);
        Assert.Equal([4], _transport.Gathered);
    }

    /// <summary>One that is not for all, and so has a frame of its own for each socket, overtakes nothing.</summary>
    [Fact]
    public async Task What_is_for_some_keeps_its_place_among_what_is_written_together()
    {
        var session = await OpenAsync();
        _transport.AtFirst = () =>
        {
            Deliver(session, Said(2));
            Deliver(session, Said(3));
            Deliver(session, Said(4) with { Omit = Bob });
            Deliver(session, Said(5) with { Omit = Ann });
            Deliver(session, Said(6));
        };
        Deliver(session, Said(1));
        await EventuallyAsync(() => _transport.Writes == 5);
        Assert.Equal(["lobby:1", "lobby:2", "lobby:3", "lobby:4", "lobby:6"], _transport.Lines);
    }

    /// <summary>The connection takes one write at a time, also when more comes than goes into one.</summary>
    [Fact]
    public async Task What_does_not_fit_waits_while_what_is_written_together_is_under_way()
    {
        var session = await OpenAsync();
        _transport.IsSlowWhenGathered = true;
        _transport.AtFirst = () =>
        {
            for (var seq = 2; seq <= 6; seq++)
                Deliver(session, Said(seq, 6_000));
        };
        Deliver(session, Said(1));
        await EventuallyAsync(() => _transport.Writes == 2);
        await AskAsync<SocketDescription>(session, new DescribeSocket(Ann));
        Assert.Equal(2, _transport.Writes);
        _transport.IsSlowWhenGathered = false;
        _transport.Drain();
        await EventuallyAsync(() => _transport.Writes == 6);
        Assert.Equal(["lobby:1", "lobby:2", "lobby:3", "lobby:4", "lobby:5", "lobby:6"], _transport.Lines);
    }

    [Fact]
    public async Task What_is_large_is_written_by_itself()
    {
        var session = await OpenAsync();
        var large = new FakeFrame(["large"], 20_000);
        _transport.AtFirst = () =>
        {
            Deliver(session, Said(2));
            Deliver(session, Said(3));
            session.Tell(new Delivered(LobbyFeed, Epoch, [Said(4)], large, ForAll: true));
            Deliver(session, Said(5));
        };
        Deliver(session, Said(1));
        await EventuallyAsync(() => _transport.Writes == 5);
        Assert.Equal(["lobby:1", "lobby:2", "lobby:3", "large", "lobby:5"], _transport.Lines);
        Assert.Equal([2], _transport.Gathered);
    }

    [Fact]
    public async Task What_is_written_together_is_waited_for_by_what_follows()
    {
        var session = await OpenAsync();
        _transport.IsSlowWhenGathered = true;
        _transport.AtFirst = () =>
        {
            Deliver(session, Said(2));
            Deliver(session, Said(3));
        };
        Deliver(session, Said(1));
        await EventuallyAsync(() => _transport.Writes == 2);
        Deliver(session, Said(4));
        await AskAsync<SocketDescription>(session, new DescribeSocket(Ann));
        Assert.Equal(2, _transport.Writes);
        _transport.Drain();
        await EventuallyAsync(() => _transport.Writes == 4);
        Assert.Equal(["lobby:1", "lobby:2", "lobby:3", "lobby:4"], _transport.Lines);
    }

    [Theory]
    [InlineData(SlowConsumerPolicy.DropOldest, "lobby:1 lobby:4 lobby:5 missed lobby:3")]
    [InlineData(SlowConsumerPolicy.DropNewest, "lobby:1 lobby:2 lobby:3 missed lobby:5")]
    public async Task A_slow_connection_is_kept_within_its_bounds_and_its_client_is_told_what_it_missed(SlowConsumerPolicy policy, string written)
    {
        Session = Session with { MaxQueuedFrames = 2, SlowConsumer = policy };
        var session = await OpenAsync();
        await BlockAsync(session, Said(1));
        for (var seq = 2; seq <= 5; seq++)
            Deliver(session, Said(seq));
        await AskAsync<SocketDescription>(session, new DescribeSocket(Ann));
        _transport.Drain();
        await EventuallyAsync(() => string.Join(' ', _transport.Lines) == written);
    }

    [Fact]
    public async Task A_loss_is_told_by_the_last_number_also_where_transient_messages_were_dropped_with_it()
    {
        Session = Session with { MaxQueuedFrames = 1, SlowConsumer = SlowConsumerPolicy.DropNewest };
        var session = await OpenAsync();
        await BlockAsync(session, Said(1));
        foreach (var message in (Envelope[])[Said(2), Said(3), Said(0)])
            Deliver(session, message);
        session.Tell(Delivered(FeedId.Of(RoomName.Parse("other")), Said(0))); // only transient: nobody misses it
        session.Tell(new Delivered(LobbyFeed, Epoch, [Said(4), Said(0)], new FakeFrame(["never"], 2), ForAll: true));
        await AskAsync<SocketDescription>(session, new DescribeSocket(Ann));
        _transport.Drain();
        await EventuallyAsync(() => string.Join(' ', _transport.Lines) == "lobby:1 lobby:2 missed lobby:4");
    }

    [Theory, InlineData(SlowConsumerPolicy.DropOldest), InlineData(SlowConsumerPolicy.DropNewest)]
    public async Task What_is_said_to_a_slow_socket_alone_is_never_dropped(SlowConsumerPolicy policy)
    {
        Session = Session with { MaxQueuedFrames = 2, SlowConsumer = policy };
        var session = await OpenAsync();
        await BlockAsync(session, Said(1));
        Deliver(session, Said(2));
        for (var i = 0; i < 3; i++)
            await AskAsync<SocketDone>(session, new SendToSocket(Ann, Hello, Json("{}")));
        Assert.True((await AskAsync<SocketDescription>(session, new DescribeSocket(Ann))).IsConnected);
        for (var i = 0; i < 2; i++) // but there is an end to it
            session.Tell(new SendToSocket(Ann, Hello, Json("{}")), TestActor);
        await EventuallyAsync(() => _transport.Closed == CloseReason.SlowConsumer);
    }

    [Fact]
    public async Task Who_may_not_leave_is_a_member_again_and_told_what_it_may_have_missed()
    {
        var session = await OpenAsync();
        await JoinAsync(session);
        session.Tell(new LeaveSocket(Ann, Lobby), TestActor);
        var leave = await ExpectAskedAsync<Leave>();
        session.Tell(new MemberRefused(LobbyFeed, Ann, leave.Op, ErrorCodes.Unavailable, "The storage is away."));
        await ExpectMsgAsync<MemberRefused>();
        var resume = await ExpectAskedAsync<Resume>();
        Assert.Null(resume.After);
        session.Tell(new Resumed(LobbyFeed, Ann, resume.Op, new Position(Epoch, 7), false, [], [], false));
        await EventuallyAsync(() => _transport.Lines.Contains("missed lobby:7"));
    }

    [Fact]
    public async Task A_slow_connection_is_given_up_and_may_resume()
    {
        Session = Session with { MaxQueuedBytes = 10 };
        var session = await OpenAsync();
        await BlockAsync(session, Said(1, 8));
        Deliver(session, Said(2, 8));
        Deliver(session, Said(3, 8));
        Assert.False((await AskAsync<SocketDescription>(session, new DescribeSocket(Ann))).IsConnected);
        Assert.Equal(CloseReason.SlowConsumer, _transport.Closed);
    }

    [Fact]
    public async Task A_message_to_two_rooms_is_written_once()
    {
        var (session, id) = (await OpenAsync(), Guid.NewGuid());
        Deliver(session, Said(1) with { MessageId = id });
        session.Tell(Delivered(FeedId.Of(RoomName.Parse("other")), Said(9) with { MessageId = id }));
        Deliver(session, Said(2));
        await EventuallyAsync(() => _transport.Lines.Contains("lobby:2"));
        Assert.Equal(["lobby:1", "lobby:2"], _transport.Lines);
    }

    [Fact]
    public async Task What_was_on_its_way_in_a_broken_connection_comes_again_but_what_the_client_has_seen_does_not()
    {
        var (session, lost, seen) = (await OpenAsync(), Guid.NewGuid(), Guid.NewGuid());
        await JoinAsync(session);
        Deliver(session, Said(1) with { MessageId = seen });
        Deliver(session, Said(2) with { MessageId = lost });
        session.Tell(new ConnectionEnded(_transport, IsGoodbye: false));
        var second = new FakeTransport();
        session.Tell(new ResumeSession(Ann, second, new Dictionary<FeedId, Position> { [LobbyFeed] = new(Epoch, 1) }), TestActor);
        var resume = await ExpectAskedAsync<Resume>();
        session.Tell(new Resumed(LobbyFeed, Ann, resume.Op, new(Epoch, 3), true, [Said(2) with { MessageId = lost }, Said(3) with { MessageId = seen }], [], false));
        await ExpectMsgAsync<SessionResumed>();
        Assert.Equal(["lobby:2"], second.Lines);
    }

    [Fact]
    public async Task Who_says_goodbye_while_a_join_is_under_way_leaves_what_he_has_joined()
    {
        var session = await OpenAsync();
        session.Tell(new JoinSocket(Ann, Lobby), TestActor);
        var join = await ExpectAskedAsync<JoinRoom>();
        session.Tell(new ConnectionEnded(_transport, IsGoodbye: true));
        await WatchAsync(session);
        session.Tell(new Joined(LobbyFeed, Ann, join.Op, new(Epoch, 0), 1));
        var leave = await ExpectAskedAsync<Leave>();
        session.Tell(new Left(LobbyFeed, Ann, leave.Op));
        await FishForMessageAsync(message => message is Terminated);
    }

    [Fact]
    public async Task Who_has_gone_is_told_with_what_he_was_in_once_he_has_left_it() // L-6
    {
        var session = await OpenAsync();
        await JoinAsync(session);
        Sys.EventStream.Subscribe(TestActor, typeof(SocketGone));
        session.Tell(new ConnectionEnded(_transport, IsGoodbye: true));
        var leave = await ExpectAskedAsync<Leave>();
        await ExpectNoMsgAsync(TimeSpan.Zero);
        session.Tell(new Left(LobbyFeed, Ann, leave.Op));
        var gone = await ExpectMsgAsync<SocketGone>();
        Assert.Equal((Ann, LobbyFeed), (gone.Socket, Assert.Single(gone.Feeds)));
    }

    [Fact]
    public async Task Whose_node_ends_may_come_back_and_is_not_told_to_have_gone_a_second_time() // L-6
    {
        var session = await OpenAsync();
        await JoinAsync(session);
        await WatchAsync(session);
        Sys.EventStream.Subscribe(TestActor, typeof(SocketGone));
        session.Tell(new TakeLeave(Ann), TestActor);
        var gone = await ExpectMsgAsync<SocketGone>();
        Assert.Equal((Ann, LobbyFeed, true), (gone.Socket, Assert.Single(gone.Feeds), gone.MayComeBack));
        session.Tell(new TakeLeave(Ann), TestActor);
        await ExpectMsgAsync<UnknownSocket>();
        session.Tell(new ConnectionEnded(_transport, IsGoodbye: true));
        var leave = await ExpectAskedAsync<Leave>();
        session.Tell(new Left(LobbyFeed, Ann, leave.Op));
        await ExpectMsgAsync<Terminated>();
    }

    [Fact]
    public async Task Who_is_leaving_when_its_node_ends_does_not_come_back() // L-6
    {
        var session = await OpenAsync();
        await JoinAsync(session);
        session.Tell(new ConnectionEnded(_transport, IsGoodbye: true));
        await ExpectAskedAsync<Leave>();
        session.Tell(new TakeLeave(Ann), TestActor);
        var gone = await ExpectMsgAsync<SocketGone>();
        Assert.Equal((LobbyFeed, false), (Assert.Single(gone.Feeds), gone.MayComeBack));
    }

    [Fact]
    public async Task Whose_connection_took_up_an_older_socket_has_not_gone() // L-6
    {
        var session = await OpenAsync();
        await WatchAsync(session);
        Sys.EventStream.Subscribe(TestActor, typeof(SocketGone));
        session.Tell(new ConnectionEnded(_transport, IsGoodbye: true, IsOtherNow: true));
        await ExpectMsgAsync<Terminated>();
    }

    [Fact]
    public async Task Who_says_goodbye_leaves_everything_however_often_the_storage_refuses()
    {
        var session = await OpenAsync();
        await JoinAsync(session);
        await WatchAsync(session);
        session.Tell(new ConnectionEnded(_transport, IsGoodbye: true));
        var leave = await ExpectAskedAsync<Leave>();
        session.Tell(new MemberRefused(LobbyFeed, Ann, leave.Op, ErrorCodes.Unavailable, ""));
        leave = await ExpectAskedAsync<Leave>();
        session.Tell(new Left(LobbyFeed, Ann, leave.Op));
        await FishForMessageAsync(message => message is Terminated);
    }

    [Fact]
    public async Task A_join_that_the_storage_may_have_taken_though_it_was_refused_is_undone()
    {
        var session = await OpenAsync();
        session.Tell(new JoinSocket(Ann, Lobby), TestActor);
        var join = await ExpectAskedAsync<JoinRoom>();
        session.Tell(new MemberRefused(LobbyFeed, Ann, join.Op, ErrorCodes.Unavailable, ""));
        await ExpectMsgAsync<MemberRefused>();
        await ExpectAskedAsync<Leave>();
    }

    [Fact]
    public async Task A_join_that_is_undone_is_undone_before_the_one_that_waits_behind_it()
    {
        var session = await OpenAsync();
        session.Tell(new JoinSocket(Ann, Lobby), TestActor);
        var first = await ExpectAskedAsync<JoinRoom>();
        session.Tell(new JoinSocket(Ann, Lobby), TestActor);
        session.Tell(new MemberRefused(LobbyFeed, Ann, first.Op, ErrorCodes.Unavailable, ""));
        await ExpectMsgAsync<MemberRefused>();
        var leave = await ExpectAskedAsync<Leave>();
        Assert.Equal(Here, leave.Node);
        session.Tell(new Left(LobbyFeed, Ann, leave.Op));
        var second = await ExpectAskedAsync<JoinRoom>();
        Assert.NotEqual(first.Op, second.Op);
    }

    [Fact]
    public async Task A_client_whose_room_does_not_answer_its_resume_is_to_come_back_once_more_and_is_a_member_still()
    {
        var (session, second, third) = (await OpenAsync(), new FakeTransport(), new FakeTransport());
        await JoinAsync(session);
        session.Tell(new ConnectionEnded(_transport, IsGoodbye: false));
        session.Tell(new ResumeSession(Ann, second, new Dictionary<FeedId, Position> { [LobbyFeed] = new(Epoch, 1) }), TestActor);
        for (var attempt = 0; attempt < 3; attempt++)
            await ExpectAskedAsync<Resume>();
        await ExpectMsgAsync<SessionUnavailable>();
        session.Tell(new ConnectionEnded(second, IsGoodbye: false));
        session.Tell(new ResumeSession(Ann, third, new Dictionary<FeedId, Position> { [LobbyFeed] = new(Epoch, 1) }), TestActor);
        var asked = (PassOn)await _relay.FishForMessageAsync(message => message is PassOn { Command: not null }, TimeSpan.FromSeconds(10));
        var resume = Assert.IsType<Resume>(asked.Command); // and no leave before it
        session.Tell(new Resumed(LobbyFeed, Ann, resume.Op, new(Epoch, 2), true, [Said(2)], [], false));
        Assert.True(Assert.Single((await ExpectMsgAsync<SessionResumed>()).Feeds).Recovered);
        Assert.Equal(["lobby:2"], third.Lines);
    }

    [Fact]
    public async Task A_connection_that_was_told_to_come_back_is_not_written_to()
    {
        var (sessions, transport) = (StartSessions(), new FakeTransport());
        sessions.Tell(new ResumeSession(Ann, transport, new Dictionary<FeedId, Position>()), TestActor);
        await ExpectMsgAsync<SessionResumed>();
        sessions.Tell(new ResumeAbandoned(Ann, transport), TestActor);
        Assert.False((await AskAsync<SocketDescription>(sessions, new DescribeSocket(Ann))).IsConnected);
    }

    [Fact]
    public async Task A_feed_that_does_not_answer_is_asked_again_and_then_the_caller_is_told()
    {
        var session = await OpenAsync();
        session.Tell(new JoinSocket(Ann, Lobby), TestActor);
        var ops = new HashSet<int>();
        for (var attempt = 0; attempt < 3; attempt++)
            ops.Add((await ExpectAskedAsync<JoinRoom>()).Op);
        Assert.Single(ops);
        Assert.Equal(ErrorCodes.Unavailable, (await ExpectMsgAsync<MemberRefused>()).Code);
        await ExpectAskedAsync<Leave>();
    }

    [Fact]
    public async Task A_leave_that_is_asked_again_never_undoes_a_later_join()
    {
        var session = await OpenAsync();
        await JoinAsync(session);
        session.Tell(new LeaveSocket(Ann, Lobby), TestActor);
        var leave = await ExpectAskedAsync<Leave>();
        session.Tell(new JoinSocket(Ann, Lobby), TestActor);
        // The leave goes out again, and the join behind it: never the other way round.
        Assert.Equal(leave.Op, (await ExpectAskedAsync<Leave>()).Op);
        session.Tell(new Left(LobbyFeed, Ann, leave.Op));
        var next = await _relay.FishForMessageAsync<PassOn>(asked => asked.Command.Op != leave.Op); // on a busy machine it goes out thrice
        Assert.IsType<JoinRoom>(next.Command);
    }

    [Fact]
    public async Task Whoever_makes_a_socket_leave_everything_is_told_when_a_room_has_not_taken_it()
    {
        var session = await OpenAsync();
        await JoinAsync(session);
        session.Tell(new LeaveEverything(Ann), TestActor);
        var leave = await ExpectAskedAsync<Leave>();
        session.Tell(new MemberRefused(LobbyFeed, Ann, leave.Op, ErrorCodes.Unavailable, "The storage is away."));
        Assert.Equal(ErrorCodes.Unavailable, (await ExpectMsgAsync<MemberRefused>()).Code);
    }

    [Fact]
    public async Task A_blast_counts_those_who_hear_it()
    {
        var sessions = StartSessions();
        var session = (await AskAsync<SessionOpened>(sessions, new OpenSession(Ann, _transport))).Session;
        await AskAsync<SessionOpened>(sessions, new OpenSession(Bob, new FakeTransport()));
        Assert.Equal(2, await HeardAsync(null));
        Assert.Equal(1, await HeardAsync(Bob));
        Assert.Equal(2, await HeardAsync(Cid));

        session.Tell(new ConnectionEnded(_transport, IsGoodbye: false));
        await EventuallyAsync(async () => await HeardAsync(null) == 1);
        Assert.Equal(1, await HeardAsync(Ann));
        var second = new FakeTransport();
        await AskAsync<SessionResumed>(sessions, new ResumeSession(Ann, second, new Dictionary<FeedId, Position>()));
        await EventuallyAsync(async () => await HeardAsync(null) == 2);
        await AskAsync<SocketDone>(sessions, new DisconnectSocket(Ann));
        await EventuallyAsync(async () => await HeardAsync(null) == 1);

        async Task<int> HeardAsync(SocketId? omit) => (await AskAsync<Blasted>(sessions, new Blast(Hello, Json("1"), omit, Guid.NewGuid()))).Sockets;
    }

    [Fact]
    public async Task A_lost_connection_leaves_after_the_resume_window()
    {
        Session = Session with { ResumeWindow = TimeSpan.FromMilliseconds(50) };
        var session = await OpenAsync();
        await JoinAsync(session);
        session.Tell(new ConnectionEnded(_transport, IsGoodbye: false));
        await _relay.ExpectMsgAsync<Detach>();
        await ExpectAskedAsync<Leave>();
    }

    [Fact]
    public async Task Whoever_is_disconnected_leaves_and_cannot_resume()
    {
        var session = await OpenAsync();
        await JoinAsync(session);
        session.Tell(new DisconnectSocket(Ann), TestActor);
        await ExpectMsgAsync<SocketDone>();
        await ExpectAskedAsync<Leave>();
        Assert.Equal(CloseReason.Requested, _transport.Closed);
        session.Tell(new ResumeSession(Ann, new FakeTransport(), new Dictionary<FeedId, Position>()), TestActor);
        await ExpectMsgAsync<UnknownSocket>();
    }

    /// <summary>Nobody would answer else, and whoever asks would wait for as long as it has patience.</summary>
    [Fact]
    public async Task What_meets_a_session_that_has_just_stopped_is_answered_all_the_same()
    {
        var session = (await AskAsync<SessionOpened>(StartSessions(), new OpenSession(Ann, _transport))).Session;
        await WatchAsync(session);
        session.Tell(new DisconnectSocket(Ann), TestActor);
        await ExpectMsgAsync<SocketDone>();
        await ExpectTerminatedAsync(session);
        foreach (var late in (object[])[new DescribeSocket(Ann), new ResumeSession(Ann, new FakeTransport(), new Dictionary<FeedId, Position>())])
        {
            session.Tell(late, TestActor);
            await ExpectMsgAsync<UnknownSocket>();
        }
        session.Tell(new Fence(Ann), TestActor);
        await ExpectMsgAsync<SocketDone>();
    }

    [Fact]
    public async Task A_session_that_failed_keeps_its_rooms_for_the_resume_window_and_then_leaves_them()
    {
        Session = Session with { ResumeWindow = TimeSpan.FromMilliseconds(100) };
        var session = await OpenAsync();
        await JoinAsync(session);
        _transport.ThrowsAtOnce = true;
        Deliver(session, Said(1));
        await ExpectAskedAsync<Leave>();
        Assert.NotNull(_transport.Closed);
    }

    [Fact]
    public async Task A_released_session_also_names_the_rooms_that_it_was_about_to_join()
    {
        var session = await OpenAsync();
        session.Tell(new JoinSocket(Ann, Lobby), TestActor);
        await ExpectAskedAsync<JoinRoom>();
        session.Tell(new ReleaseSocket(Ann), TestActor);
        Assert.Equal((IEnumerable<FeedId>)[LobbyFeed], (await ExpectMsgAsync<SocketReleased>()).Feeds);
    }

    [Fact]
    public async Task Each_node_that_a_socket_comes_back_on_has_a_later_term()
    {
        var session = await OpenAsync();
        session.Tell(new ReleaseSocket(Ann), TestActor);
        Assert.Equal(0, (await ExpectMsgAsync<SocketReleased>()).Term);
        var sessions = StartSessions();
        sessions.Tell(new ResumeSession(Ann, new FakeTransport(), new Dictionary<FeedId, Position> { [LobbyFeed] = new(Epoch, 0) }), TestActor);
        var resume = await ExpectAskedAsync<Resume>();
        Assert.True(resume.Term > 0);
        sessions.Tell(new ReleaseSocket(Ann), TestActor);
        Assert.Equal(resume.Term, (await FishForMessageAsync<SocketReleased>(_ => true)).Term);
    }

    private IActorRef StartSessions()
    {
        var options = Session;
        return Sys.ActorOf(ActorFactory<SessionsActor>.Props(() => new SessionsActor(options, Nodes, Time)));
    }

    private async Task<IActorRef> OpenAsync() =>
        (await AskAsync<SessionOpened>(StartSessions(), new OpenSession(Ann, _transport))).Session;

    /// <summary>Begins a write that does not finish until the connection is drained.</summary>
    private async Task BlockAsync(IActorRef session, Envelope message)
    {
        _transport.BeSlow();
        Deliver(session, message);
        await EventuallyAsync(() => _transport.Writes == 1);
    }

    private async Task JoinAsync(IActorRef session)
    {
        session.Tell(new JoinSocket(Ann, Lobby), TestActor);
        var join = await ExpectAskedAsync<JoinRoom>();
        session.Tell(new Joined(LobbyFeed, Ann, join.Op, new Position(Epoch, 0), 1));
        await ExpectMsgAsync<Joined>();
    }

    private async Task<T> ExpectAskedAsync<T>()
        where T : IMemberCommand
    {
        var asked = (PassOn)await _relay.FishForMessageAsync(message => message is PassOn, TimeSpan.FromSeconds(10));
        return Assert.IsType<T>(asked.Command);
    }

    private static Delivered Delivered(FeedId feed, Envelope message) =>
        new(feed, Epoch, [message], new FakeFormat().Encode(feed, Epoch, [message]), message.ForAll);

    private static void Deliver(IActorRef session, Envelope message) => session.Tell(Delivered(LobbyFeed, message));

    private Task EventuallyAsync(Func<bool> holds) => EventuallyAsync(() => Task.FromResult(holds()));

    private Task EventuallyAsync(Func<Task<bool>> holds) => AwaitConditionAsync(holds, TimeSpan.FromSeconds(10));
}
