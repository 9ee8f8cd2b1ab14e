using Akka.Hosting;
using Microsoft.Extensions.Options;
using Realtime.Actors.Sessions;
using Realtime.Web.Auth;
using Realtime.Web.Rooms;
using Realtime.Web.Sockets;
using Realtime.Web.Topics;
using Realtime.Web.VirtualRequests;

namespace Realtime.Web.Hubs;

/// <summary>What all instances of the hub work with: SignalR makes one for each call.</summary>
internal sealed class HubParts(
    IRooms rooms, ClientRooms clientRooms, ITopics topics, ClientTopics clientTopics, SocketRouter sockets, HelloWriter hello, ResumeTokens tokens,
    IRequiredActor<SessionsActor> sessions, Dispatcher requests, TimeProvider time, IOptions<RealtimeOptions> options)
{
    public IRooms Rooms { get; } = rooms;

    public ClientRooms ClientRooms { get; } = clientRooms;

    public ITopics Topics { get; } = topics;

    public ClientTopics ClientTopics { get; } = clientTopics;

    public SocketRouter Sockets { get; } = sockets;

    public HelloWriter Hello { get; } = hello;

    public ResumeTokens Tokens { get; } = tokens;

    public IRequiredActor<SessionsActor> Sessions { get; } = sessions;

    public Dispatcher Requests { get; } = requests;

    public TimeProvider Time { get; } = time;

    public RealtimeOptions Options { get; } = options.Value;
}
