using Akka.Actor;
using Akka.Cluster.Tools.Singleton;
using Akka.Hosting;
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
            var stored = new StoredFeeds(new StorageDatabase(system.Settings.Config.GetConfig(Journal)), system.Serialization);
            system.ActorOf(
                ClusterSingletonManager.Props(
                    ActorFactory<HousekeepingActor>.Props(() => new HousekeepingActor(stored, feed => feed.IsTopic ? topics : rooms, options.CheckedPerSecond)),
                    PoisonPill.Instance,
                    ClusterSingletonManagerSettings.Create(system).WithRole(Roles.Room).WithSingletonName("actor")),
                HousekeepingActor.Name);
        });
}
