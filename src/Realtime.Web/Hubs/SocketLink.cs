using Akka.Actor;
using Microsoft.AspNetCore.SignalR;

namespace Realtime.Web.Hubs;

/// <summary>Which session a SignalR connection belongs to. It changes once at most: when the connection resumes an older socket.</summary>
internal sealed class SocketLink(SignalRTransport transport, SocketId socket, IActorRef session)
{
    private static readonly object Key = new();

    public SignalRTransport Transport { get; } = transport;

    public SocketId Socket { get; private set; } = socket;

    public IActorRef Session { get; private set; } = session;

    /// <summary>Set when anything but <c>Hello</c> was called: from then on it is too late to resume.</summary>
    public bool IsUsed { get; set; }

    public static SocketLink Of(HubCallerContext caller) => Of(caller.Items);

    public static SocketLink Of(HubConnectionContext connection) => Of(connection.Items);

    public void Keep(HubConnectionContext connection) => connection.Items[Key] = this;

    public void Become(SocketId resumed, IActorRef session) => (Socket, Session) = (resumed, session);

    private static SocketLink Of(IDictionary<object, object?> items) => (SocketLink)items[Key]!;
}
