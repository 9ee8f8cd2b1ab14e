using Akka.Actor;
using Microsoft.Extensions.Options;
using Realtime.Actors.Cluster;
using Realtime.Actors.Delivery;
using Realtime.Web.Auth;
using Realtime.Web.Json;

namespace Realtime.Web.Hubs;

/// <summary>Tells a client who it is, and gives it what it needs to come back.</summary>
internal sealed class HelloWriter(ActorSystem system, ResumeTokens tokens, IOptions<RealtimeOptions> options)
{
    private const string Target = "$hello";

    public Hello Of(SocketId socket) => new(
        socket.Value, tokens.Issue(socket), options.Value.ResumeWindow.TotalSeconds, ClusterNodes.Of(system).Self.ToString(),
        options.Value.VirtualRequests.PerSocket);

    public Frame Frame(SignalRTransport transport, SocketId socket) =>
        ((SignalRFormat)transport.Format).EncodeNotice(Target, RealtimeJson.Write(Of(socket)));
}
