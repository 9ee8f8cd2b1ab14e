using Akka.Actor;
using Akka.Cluster.Tools.Singleton;
using Akka.Hosting;
using Akka.Pattern;
using Realtime.Actors.Cluster;
using Realtime.Actors.Persistence;
using Realtime.Actors.Rooms;
using Realtime.Actors.Topics;

namespace Realtime.Actors.Housekeeping;

/// <summary>Puts the housekeeping on the oldest node that holds rooms.</summary>
internal static class AddHousekeeping
{
    private const string Journal = "akka.persistence.journal.sql";

    /// <summary>Adds it, unless it is to wake nobody, or rooms are stored elsewhere than in the SQL journal.</summary>
    public static AkkaConfigurationBuilder WithHousekeeping(
        this AkkaConfigurationBuilder builder, IReadOnlyCollection<string> roles, RealtimeActorsOptions options) =>
        builder.WithActors((system, registry) =>
        {
            if (!roles.Contains(Roles.Room) || options.CheckedPerSecond == 0 || system.Settings.Config.GetString("akka.persistence.journal.plugin") != Journal)
                return;
            var (rooms, topics) = (registry.Get<RoomRegion>(), registry.Get<TopicRegion>());
            // Without the database it does not even begin; it tries again until it can, on this node.
            var (soon, late) = (TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
            var stored = new StoredFeeds(new StorageDatabase(system.Settings.Config.GetConfig(Journal)), system.Serialization);
            var housekeeping = ActorFactory<HousekeepingActor>.Props(
                () => new HousekeepingActor(stored, feed => feed.IsTopic ? topics : rooms, options.CheckedPerSecond, TimeSpan.FromSeconds(1)));
            system.ActorOf(
                ClusterSingletonManager.Props(
                    BackoffSupervisor.Props(Backoff.OnStop(housekeeping, "sweep", soon, late, randomFactor: 0.2, maxNrOfRetries: -1)),
                    PoisonPill.Instance,
                    ClusterSingletonManagerSettings.Create(system).WithRole(Roles.Room).WithSingletonName("actor")),
                HousekeepingActor.Name);
        });
}
