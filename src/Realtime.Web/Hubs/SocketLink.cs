using Akka.Actor;
using Microsoft.AspNetCore.SignalR;
using Realtime.Web.VirtualRequests;

namespace Realtime.Web.Hubs;

/// <summary>Which session a SignalR connection belongs to. It changes once at most: when the connection resumes an older socket.</summary>
internal sealed class SocketLink(SignalRTransport transport, SocketId socket, IActorRef session)
{
    private static readonly object Key = new();
    private SocketRequests? _requests;
    private Task _lastCall = Task.CompletedTask;

    public SignalRTransport Transport { get; } = transport;

    public SocketId Socket { get; private set; } = socket;

    public IActorRef Session { get; private set; } = session;

    /// <summary>Set when anything but <c>Hello</c> was called: from then on it is too late to resume.</summary>
    public bool IsUsed { get; set; }

    /// <summary>What the virtual requests of this connection share.</summary>
    public SocketRequests RequestsOn(HubCallerContext caller) =>
        _requests ?? Interlocked.CompareExchange(ref _requests, new SocketRequests(this, caller), null) ?? _requests;

    /// <summary>Lines a call up behind the one before; what comes back ends when that one has.</summary>
    public Task Enqueue(Task call) => Interlocked.Exchange(ref _lastCall, call);

    public static SocketLink Of(HubCallerContext caller) => Of(caller.Items);

    public static SocketLink Of(HubConnectionContext connection) => Of(connection.Items);

    public void Keep(HubConnectionContext connection) => connection.Items[Key] = this;

    public void Become(SocketId resumed, IActorRef session) => (Socket, Session) = (resumed, session);

    private static SocketLink Of(IDictionary<object, object?> items) => (SocketLink)items[Key]!;
}
