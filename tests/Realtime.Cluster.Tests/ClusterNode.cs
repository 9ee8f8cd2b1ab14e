using Akka.Actor;
using Akka.Cluster.Hosting;
using Akka.Configuration;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Realtime.Actors;
using Realtime.Actors.Cluster;
using Realtime.Actors.Rooms;
using Realtime.Actors.Sessions;
using Realtime.Web;
using Realtime.Web.Rooms;
using Realtime.Web.Sockets;

namespace Realtime.Cluster.Tests;

/// <summary>One node in this process: an actor system of its own, with storage that it shares with the others.</summary>
internal sealed class ClusterNode : IAsyncDisposable
{
    private readonly IHost _host;

    private ClusterNode(IHost host) => _host = host;

    public ActorSystem System => _host.Services.GetRequiredService<ActorSystem>();

    public Akka.Cluster.Cluster Cluster => Akka.Cluster.Cluster.Get(System);

    public ClusterNodes Nodes => ClusterNodes.Of(System);

    public IActorRef Rooms => _host.Services.GetRequiredService<IRequiredActor<RoomRegion>>().ActorRef;

    public IActorRef Sessions => _host.Services.GetRequiredService<IRequiredActor<SessionsActor>>().ActorRef;

    public static async Task<ClusterNode> StartAsync(string folder, TimeSpan resumeWindow, Address? seed, Config? more = null, string[]? roles = null)
    {
        roles ??= [Roles.Web, Roles.Room];
        var config = (more ?? Config.Empty).WithFallback(ConfigurationFactory.ParseString($$"""
            akka.persistence {
              journal {
                plugin = "akka.persistence.journal.shared"
                shared { class = "Akka.Persistence.Journal.SharedMemoryJournal, Akka.Persistence", plugin-dispatcher = "akka.actor.default-dispatcher" }
              }
              snapshot-store { plugin = "akka.persistence.snapshot-store.local", local.dir = "{{folder}}" }
            }
            akka.cluster {
              gossip-interval = 100ms
              leader-actions-interval = 100ms
              failure-detector { heartbeat-interval = 200ms, acceptable-heartbeat-pause = 5s }
              distributed-data { gossip-interval = 100ms, notify-subscribers-interval = 100ms, majority-min-cap = 1, majority-plus = 1 }
              sharding {
                retry-interval = 200ms
                waiting-for-state-timeout = 500ms
                distributed-data.majority-min-cap = 1
                coordinator-state { write-majority-plus = 1, read-majority-plus = 1 }
              }
              singleton.hand-over-retry-interval = 100ms
            }
            """)).WithFallback(Hocon.Read("cluster")).WithFallback(Hocon.Read("reference"));
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddAkka("realtime", (akka, _) => akka
            .AddHocon(config, HoconAddMode.Prepend)
            .WithClustering(new ClusterOptions { Roles = roles })
            .AddRealtimeActors(roles, new RealtimeActorsOptions
            {
                ResumeWindow = resumeWindow,
                RoomPatterns = [new RoomPattern("transient-*", new FeedOptions { TransientMembership = true })],
                Sessions = new() { AskAgainAfter = TimeSpan.FromMilliseconds(500), Attempts = 20 },
            }));
        builder.Services.AddRooms();
        var host = builder.Build();
        await host.StartAsync();
        var node = new ClusterNode(host);
        await node.Cluster.JoinAsync(seed ?? node.Cluster.SelfAddress);
        return node;
    }

    /// <summary>What server code on this node does with rooms.</summary>
    public IRooms Operations => _host.Services.GetRequiredService<IRooms>();

    /// <summary>What server code on this node does with sockets.</summary>
    public ISockets Sockets => _host.Services.GetRequiredService<ISockets>();

    /// <summary>Opens a socket here, on a connection that keeps what it is given.</summary>
    public async Task<IActorRef> OpenAsync(SocketId socket, ISocketTransport transport) =>
        (await Sessions.Ask<SessionOpened>(new OpenSession(socket, transport), TimeSpan.FromSeconds(20))).Session;

    /// <summary>As when its process is killed: nobody is told.</summary>
    public Task CrashAsync() => System.Terminate();

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
