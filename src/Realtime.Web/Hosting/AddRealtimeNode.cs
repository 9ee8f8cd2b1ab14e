using Akka.Actor;
using Akka.Cluster.Hosting;
using Akka.Configuration;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Realtime.Actors.Rooms;
using Realtime.Actors.Sessions;

namespace Realtime.Web.Hosting;

/// <summary>Runs the actor system of this process.</summary>
internal static class AddRealtimeNodeExtensions
{
    public const string SystemName = "realtime";

    public static void AddRealtimeNode(this IServiceCollection services) => services.AddAkka(SystemName, (akka, provider) =>
    {
        var options = provider.GetRequiredService<IOptions<RealtimeOptions>>().Value;
        DataFolder.Prepare(options);
        var roles = options.Cluster.EffectiveRoles;
        if (options.Cluster.Tls is { } tls)
            akka.AddSetup(ClusterTls.Setup(tls));
        akka.ConfigureLoggers(loggers =>
            {
                loggers.ClearLoggers();
                loggers.AddLoggerFactory();
            })
            .AddHocon(NodeConfig.Of(options), HoconAddMode.Prepend)
            .WithClustering(new ClusterOptions { Roles = [.. roles], SeedNodes = SeedNodes(options.Cluster) })
            .AddRealtimeActors(roles, ToActors(options))
            .WithActors((system, _) => TellNodes(system, provider.GetRequiredService<ILoggerFactory>().CreateLogger("Realtime.Cluster")));
        if (options.Cluster.SeedNodes.Count == 0)
            akka.AddStartup(StartAlone);
    });

    private static void TellNodes(ActorSystem system, ILogger logger) =>
        system.ActorOf(Props.Create(() => new ClusterLogActor(logger)), "cluster-log");

    private static string[] SeedNodes(ClusterSettings cluster) =>
        [.. cluster.Tls is null ? cluster.SeedNodes : cluster.SeedNodes.Select(ClusterTls.SeedNode)];

    private static Task StartAlone(ActorSystem system, IActorRegistry registry)
    {
        var cluster = Akka.Cluster.Cluster.Get(system);
        cluster.Join(cluster.SelfAddress);
        return Task.CompletedTask;
    }

    /// <summary>What the actors need to know.</summary>
    internal static RealtimeActorsOptions ToActors(RealtimeOptions options) => new()
    {
        ResumeWindow = options.ResumeWindow,
        Rooms = options.Rooms.ToOptions(),
        RoomPatterns = [.. options.Rooms.Patterns.Select(pattern => new RoomPattern(pattern.Pattern, pattern.ToOptions()))],
        Topics = options.Topics.ToOptions(),
        CheckedPerSecond = options.Persistence.CheckedPerSecond,
        Sessions = new SessionOptions
        {
            MaxQueuedBytes = options.Sockets.QueuedBytes,
            MaxQueuedFrames = options.Sockets.QueuedFrames,
            SlowConsumer = options.Sockets.SlowConsumer,
        }.Within(options.AnswerWithin),
    };
}
