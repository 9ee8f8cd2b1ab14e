using Akka.Actor;
using Akka.Hosting;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Realtime.Actors.Cluster;
using Realtime.Actors.Delivery;
using Realtime.Actors.Sessions;

namespace Realtime.Web.Hubs;

/// <summary>Gives every connection of the hub a session, and tells the session when the connection ends.</summary>
internal sealed class RealtimeHubLifetimeManager(
    ActorSystem system,
    IRequiredActor<SessionsActor> sessions,
    HelloWriter hello,
    TimeProvider time,
    IOptions<RealtimeOptions> options,
    ILogger<DefaultHubLifetimeManager<RealtimeHub>> logger)
    : DefaultHubLifetimeManager<RealtimeHub>(logger)
{
    public override async Task OnConnectedAsync(HubConnectionContext connection)
    {
        var level = EnvelopeLevels.AskedBy(connection);
        var transport = new SignalRTransport(connection, SignalRFormat.Of(connection.Protocol, level));
        var open = new OpenSession(SocketId.New(ClusterNodes.Of(system).Self), transport, connection.UserIdentifier);
        // Also when the client has gone meanwhile: its session has to hear of that.
        var opened = (SessionOpened)await LocalReply.AskAsync(system, sessions.ActorRef, open, options.Value.AnswerWithin, CancellationToken.None);
        connection.Features.GetRequiredFeature<HubClient>().Link = new SocketLink(connection, transport, opened.Socket, opened.Session);
        await base.OnConnectedAsync(connection);
        if (level is not EnvelopeLevel.Plain)
            await transport.WriteAsync(hello.Frame(transport, opened.Socket));
    }

    public override Task OnDisconnectedAsync(HubConnectionContext connection)
    {
        var link = SocketLink.Of(connection);
        var isGoodbye = connection.Features.GetRequiredFeature<HubClient>().SaidGoodbye && !link.MayNotKnowThatItIsBack(time);
        link.Session.Tell(new ConnectionEnded(link.Transport, isGoodbye));
        return base.OnDisconnectedAsync(connection);
    }
}
