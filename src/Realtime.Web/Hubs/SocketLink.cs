using Akka.Actor;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.SignalR;
using Realtime.Web.Hubs.Direct;
using Realtime.Web.VirtualRequests;

namespace Realtime.Web.Hubs;

/// <summary>Which session a SignalR connection belongs to. It changes once at most: when the connection resumes an older socket.</summary>
internal sealed class SocketLink(HubConnectionContext connection, SignalRTransport transport, SocketId socket, IActorRef session)
{
    // Longer than an answer takes to any client, and the word of one that gave up to come here.
    private static readonly TimeSpan KnowsBy = TimeSpan.FromSeconds(10);

    private SocketRequests? _requests;
    private object? _lastCall; // a task or a direct call; null when the last one has ended
    private long? _resumedAt;
    private volatile string? _unanswered;
    private bool _looksForLateCalls;

    public HubConnectionContext Connection { get; } = connection;

    public SignalRTransport Transport { get; } = transport;

    public SocketId Socket { get; private set; } = socket;

    public IActorRef Session { get; private set; } = session;

    /// <summary>Set when anything but <c>Hello</c> was called: from then on it is too late to resume.</summary>
    public bool IsUsed { get; set; }

    /// <summary>
    /// Whether a goodbye may be that of a client which gave up before the answer to its resume reached it, and tries again on another
    /// connection: nothing has come from it since.
    /// </summary>
    /// <param name="time">The clock.</param>
    public bool MayNotKnowThatItIsBack(TimeProvider time) => _resumedAt is { } at && time.GetElapsedTime(at) < KnowsBy;

    /// <summary>What the virtual requests of this connection share.</summary>
    public SocketRequests RequestsOn(HubCallerContext caller) =>
        _requests ?? Interlocked.CompareExchange(ref _requests, new SocketRequests(this, caller), null) ?? _requests;

    /// <summary>Lines a call up behind the one before; what comes back ends when that one has.</summary>
    public Task Enqueue(Task call)
    {
        _resumedAt = null; // who calls something else knows that it is back
        return Interlocked.Exchange(ref _lastCall, call) switch
        {
            Task before => before,
            DirectCall before => before.Ended,
            _ => Task.CompletedTask,
        };
    }

    /// <summary>A call goes the ordinary way: until its answer is written, no other one is direct, lest its answer come first.</summary>
    public void Expect(string invocation) => _unanswered = invocation;

    /// <summary>An answer is being written.</summary>
    public void NoteAnswer(string? invocation)
    {
        if (_unanswered == invocation)
            _unanswered = null;
    }

    /// <summary>Puts a direct call in the line of calls. To be called where the connection is read, as calls are lined up there.</summary>
    /// <returns>False when the call before it is still under way: then it has to wait like others.</returns>
    public bool TryEnter(DirectCall call)
    {
        if (_unanswered is not null || Volatile.Read(ref _lastCall) is not (null or Task { IsCompleted: true }))
            return false;
        _resumedAt = null;
        IsUsed = true;
        Volatile.Write(ref _lastCall, call);
        if (!_looksForLateCalls)
        {
            _looksForLateCalls = true;
            Connection.Features.GetRequiredFeature<IConnectionHeartbeatFeature>().OnHeartbeat(static link => ((SocketLink)link).LookForLateCall(), this);
        }
        return true;
    }

    /// <summary>A direct call has ended: what waits for it was told by itself.</summary>
    public void Leave(DirectCall call) => Interlocked.CompareExchange(ref _lastCall, null, call);

    public static SocketLink Of(HubCallerContext caller) => Of(caller.Features);

    public static SocketLink Of(HubConnectionContext connection) => Of(connection.Features);

    public void Become(SocketId resumed, IActorRef session, TimeProvider time) =>
        (Socket, Session, _resumedAt) = (resumed, session, time.GetTimestamp());

    private static SocketLink Of(IFeatureCollection features) => features.GetRequiredFeature<HubClient>().Link!;

    private void LookForLateCall() => (Volatile.Read(ref _lastCall) as DirectCall)?.EndWhenLate();
}
