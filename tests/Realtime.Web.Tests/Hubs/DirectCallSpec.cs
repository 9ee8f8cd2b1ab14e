using System.Diagnostics.Metrics;
using System.Reflection;
using Akka.Actor;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Realtime.Actors;
using Realtime.Actors.Delivery;
using Realtime.Actors.Feeds;
using Realtime.Actors.Names;
using Realtime.Actors.Sessions;
using Realtime.Testing;
using Realtime.Web.Hubs;
using Realtime.Web.Hubs.Direct;
using Realtime.Web.Rooms;
using Realtime.Web.Tests.Running;

namespace Realtime.Web.Tests.Hubs;

/// <summary>A direct call, and a session that answers late, elsewhere, or not at all.</summary>
public sealed class DirectCallSpec : IDisposable
{
    private static readonly SocketId Socket = SocketId.Parse("1f3a90bc.AAAAAAAAAAAAAAAA");
    private static readonly FeedId Lobby = FeedId.Of(RoomName.Parse("lobby"));

    private readonly ActorSystem _system = ActorSystem.Create("calls", "akka.loglevel = WARNING");
    private readonly FakeTimeProvider _time = new();
    private readonly RealtimeOptions _options = new();
    private readonly Connection _connection = new();
    private readonly Session _session;
    private readonly SocketLink _link;
    private readonly DirectCalls _calls;
    private readonly Everybody _authorizer = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();

    public DirectCallSpec()
    {
        _session = new Session(_system);
        _link = new SocketLink(_connection, new SignalRTransport(_connection, JsonFormat.Levels[0]), Socket, _session);
        var rooms = DispatchProxy.Create<IRooms, Elsewhere>();
        var hub = new HubOptions<RealtimeHub>();
        var metrics = new RefusalMetrics(_services.GetRequiredService<IMeterFactory>());
        hub.AddFilter(new CallFilter(metrics, NullLogger<CallFilter>.Instance));
        _calls = new DirectCalls(
            _system, rooms, new ClientRooms(rooms, _authorizer), metrics, _time, Options.Create(_options), Options.Create(hub), NullLogger<DirectCalls>.Instance);
    }

    [Fact]
    public void The_answer_is_written_when_the_session_gives_it()
    {
        Assert.True(Begin("1"));
        var (asked, replyTo) = Assert.Single(_session.Asked);
        Assert.Equal(new JoinSocket(Socket, RoomName.Parse("lobby")), asked);
        Assert.Empty(_connection.Written);
        replyTo.Tell(Joined(seq: 7));
        var answer = Assert.Single(_connection.Written);
        Assert.Equal(("1", new RoomPlace("lobby", 3, 7, 1)), (answer.InvocationId, answer.Result));
        Assert.True(_link.IsUsed);
    }

    [Fact]
    public void While_one_is_under_way_the_next_goes_the_ordinary_way_behind_it()
    {
        Assert.True(Begin("1"));
        Assert.False(Begin("2"));
        var own = new TaskCompletionSource();
        var before = _link.Calls.Enqueue(own.Task);
        Assert.False(before.IsCompleted);
        _session.Asked[0].ReplyTo.Tell(Joined());
        Assert.True(before.IsCompletedSuccessfully);
        Assert.False(Begin("3"));
        own.SetResult();
        Assert.True(Begin("4"));
    }

    /// <summary>Its answer would come before that of the call before it, which has ended and is written a moment later.</summary>
    [Fact]
    public void None_is_direct_before_the_answer_of_the_call_before_it_is_written()
    {
        _link.Calls.Expect("1");
        Assert.True(_link.Calls.Enqueue(Task.CompletedTask).IsCompletedSuccessfully);
        Assert.False(Begin("2"));
        _link.Calls.NoteAnswer("0");
        Assert.False(Begin("2"));
        _link.Calls.NoteAnswer("1");
        Assert.True(Begin("2"));
    }

    [Fact]
    public void A_client_that_does_not_read_its_answer_has_no_other_call_served_before_it_does()
    {
        var reading = new TaskCompletionSource();
        _connection.Reading = reading.Task;
        Assert.True(Begin("1"));
        _session.Asked[0].ReplyTo.Tell(Joined());
        Assert.False(Begin("2"));
        reading.SetResult();
        Assert.True(Begin("3"));
    }

    [Fact]
    public void A_session_that_does_not_answer_is_given_up_and_what_it_says_later_counts_for_nothing()
    {
        Assert.True(Begin("1"));
        _time.Advance(_options.AnswerWithin * 2);
        _connection.Beat();
        Assert.Empty(_connection.Written);
        _time.Advance(TimeSpan.FromSeconds(1));
        _connection.Beat();
        var answer = Assert.Single(_connection.Written);
        Assert.Contains("HubException: unavailable: ", answer.Error);
        _session.Asked[0].ReplyTo.Tell(Joined());
        Assert.Single(_connection.Written);

        Assert.True(Begin("2"));
        _connection.Beat();
        Assert.Single(_connection.Written);
    }

    [Fact]
    public async Task A_decision_about_a_client_is_waited_for_however_long_it_takes()
    {
        var decision = new TaskCompletionSource<bool>();
        _authorizer.Decision = decision.Task;
        Assert.True(Begin("1"));
        var ended = _link.Calls.Enqueue(Task.CompletedTask);
        _time.Advance(_options.AnswerWithin * 10);
        _connection.Beat();
        Assert.Empty(_connection.Written);
        decision.SetResult(true);
        await ended.WaitAsync(Eventually.Patience);
        Assert.Equal(Elsewhere.Place, Assert.Single(_connection.Written).Result);
    }

    [Fact]
    public void A_client_that_does_not_read_why_it_was_refused_counts_once()
    {
        using var measured = new Measured(_services.GetRequiredService<IMeterFactory>(), "Realtime.Refusals");
        _connection.Reading = new TaskCompletionSource().Task;
        Assert.True(Begin("1"));
        _time.Advance(_options.AnswerWithin * 2 + TimeSpan.FromSeconds(1));
        for (var second = 0; second < 3; second++)
            _connection.Beat();
        Assert.Single(measured.Of("realtime.refusals"));
    }

    [Fact]
    public void Whatever_waits_behind_a_call_that_is_given_up_has_its_turn()
    {
        Assert.True(Begin("1"));
        var before = _link.Calls.Enqueue(Task.CompletedTask);
        _time.Advance(_options.AnswerWithin * 2 + TimeSpan.FromSeconds(1));
        Assert.False(before.IsCompleted);
        _connection.Beat();
        Assert.True(before.IsCompletedSuccessfully);
    }

    [Fact]
    public void A_session_that_has_gone_to_another_node_is_found_there()
    {
        Assert.True(Begin("1"));
        _session.Asked[0].ReplyTo.Tell(new UnknownSocket(Socket));
        Assert.Equal(Elsewhere.Place, Assert.Single(_connection.Written).Result);
        Assert.True(Begin("2"));
    }

    [Fact]
    public void What_is_no_answer_at_all_is_a_fault_without_details()
    {
        Assert.True(Begin("1"));
        _session.Asked[0].ReplyTo.Tell("what?");
        Assert.Equal("An unexpected error occurred invoking 'Join' on the server.", Assert.Single(_connection.Written).Error);
        Assert.True(Begin("2"));
    }

    public void Dispose()
    {
        _services.Dispose();
        _system.Terminate();
    }

    private bool Begin(string invocation) => _calls.TryBegin(_link, new InvocationMessage(invocation, "Join", ["lobby"]));

    private static Joined Joined(long seq = 0) => new(Lobby, Socket, 1, new Position(3, seq), 1);

    private sealed class Session(ActorSystem system) : LocalRef(system)
    {
        public List<(object Message, IActorRef ReplyTo)> Asked { get; } = [];

        protected override void TellInternal(object message, IActorRef sender) => Asked.Add((message, sender));
    }

    private sealed class Connection() : HubConnectionContext(
        new DefaultConnectionContext("connection") { Features = { [typeof(IConnectionHeartbeatFeature)] = new Heart() } },
        new HubConnectionContextOptions(), NullLoggerFactory.Instance)
    {
        public List<CompletionMessage> Written { get; } = [];

        public Task Reading { get; set; } = Task.CompletedTask;

        public void Beat() => ((Heart)Features[typeof(IConnectionHeartbeatFeature)]!).Beat();

        public override ValueTask WriteAsync(HubMessage message, CancellationToken cancellationToken = default)
        {
            Written.Add((CompletionMessage)message);
            return new(Reading);
        }
    }

    private sealed class Heart : IConnectionHeartbeatFeature
    {
        private readonly List<Action> _handlers = [];

        public void OnHeartbeat(Action<object> action, object state) => _handlers.Add(() => action(state));

        public void Beat() => Assert.Single(_handlers)();
    }

    private sealed class Everybody : IRoomAuthorizer
    {
        public Task<bool> Decision { get; set; } = Task.FromResult(true);

        public ValueTask<bool> MayJoinAsync(System.Security.Claims.ClaimsPrincipal user, SocketId socket, RoomName room, CancellationToken cancellation) => new(Decision);

        public ValueTask<bool> MayPublishAsync(System.Security.Claims.ClaimsPrincipal user, SocketId socket, RoomName room, CancellationToken cancellation) => new(true);
    }

    /// <summary>Rooms that find every session.</summary>
    public class Elsewhere : DispatchProxy
    {
        public static readonly RoomPlace Place = new("lobby", 9, 9, 9);

        protected override object Invoke(MethodInfo? targetMethod, object?[]? args) => Task.FromResult(Place);
    }
}
