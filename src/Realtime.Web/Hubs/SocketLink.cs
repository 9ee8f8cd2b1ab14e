using Akka.Actor;
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
    private long? _resumedAt;

    public HubConnectionContext Connection { get; } = connection;

    /// <summary>Its calls, in their order.</summary>
    public CallLine Calls { get; } = new(connection);

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

    /// <summary>A call has come: whoever calls something knows that it is back.</summary>
    public void NoteCall() => _resumedAt = null;

    public static SocketLink Of(HubCallerContext caller) => Of(caller.Features);

    public static SocketLink Of(HubConnectionContext connection) => Of(connection.Features);

    public void Become(SocketId resumed, IActorRef session, TimeProvider time) =>
        (Socket, Session, _resumedAt) = (resumed, session, time.GetTimestamp());

    private static SocketLink Of(IFeatureCollection features) => features.GetRequiredFeature<HubClient>().Link!;
}
