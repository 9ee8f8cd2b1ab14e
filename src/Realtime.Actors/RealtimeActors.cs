using Akka.Actor;
using Akka.Cluster.Hosting;
using Akka.Cluster.Sharding;
using Akka.Hosting;
using Realtime.Actors.Cluster;
using Realtime.Actors.Housekeeping;
using Realtime.Actors.Rooms;
using Realtime.Actors.Serialization;
using Realtime.Actors.Sessions;
using Realtime.Actors.Topics;

namespace Realtime.Actors;

/// <summary>Puts the actor system of the service together.</summary>
public static class RealtimeActors
{
    /// <summary>Adds rooms, topics, relays and sessions, according to the roles of this node.</summary>
    /// <param name="builder">A builder that has its cluster and its persistence already.</param>
    /// <param name="roles">The roles of this node, from <see cref="Roles"/>.</param>
    /// <param name="options">How it all behaves.</param>
    public static AkkaConfigurationBuilder AddRealtimeActors(
        this AkkaConfigurationBuilder builder, IReadOnlyCollection<string> roles, RealtimeActorsOptions options)
    {
        builder
            .WithCustomSerializer("realtime", RealtimeSerializer.Types, system => new RealtimeSerializer(system))
            .WithFeeds(roles, options);
        if (roles.Contains(Roles.Web))
            builder.WithRelays().WithSessions(options.Sessions with { ResumeWindow = options.ResumeWindow });
        return builder.WithNodeWatch().WithHousekeeping(roles, options);
    }

    private static AkkaConfigurationBuilder WithFeeds(
        this AkkaConfigurationBuilder builder, IReadOnlyCollection<string> roles, RealtimeActorsOptions options)
    {
        // A region has one time for all its rooms: the longest, and at least until those who wait for members of a lost node have given
        // them up. Who rests sooner asks for it.
        var afterResumeWindow = options.ResumeWindow + TimeSpan.FromSeconds(10);
        var idleAfter = options.RoomPatterns.Select(pattern => pattern.Options.IdleAfter).Append(options.Rooms.IdleAfter).Append(afterResumeWindow).Max();
        var topicsIdleAfter = options.Topics.IdleAfter > afterResumeWindow ? options.Topics.IdleAfter : afterResumeWindow;
        var rooms = Own(options.Rooms);
        RoomPattern[] patterns = [.. options.RoomPatterns.Select(pattern => pattern with { Options = Own(pattern.Options) })];
        var topics = options.Topics with { ResumeWindow = options.ResumeWindow, WatchesItself = options.Topics.IdleAfter < topicsIdleAfter };
        if (!roles.Contains(Roles.Room))
        {
            return builder
                .WithShardRegionProxy<RoomRegion>(RoomRegion.Name, Roles.Room, new RoomRegion())
                .WithShardRegionProxy<TopicRegion>(TopicRegion.Name, Roles.Room, new TopicRegion());
        }
        return builder
            .WithShardRegion<RoomRegion>(RoomRegion.Name, (system, _) => id =>
            {
                var room = RoomName.Trusted(id);
                var own = patterns.FirstOrDefault(pattern => pattern.Matches(room))?.Options ?? rooms;
                return ActorFactory<RoomActor>.Props(() => new RoomActor(room, own, ClusterNodes.Of(system), TimeProvider.System));
            }, new RoomRegion(), ShardOptions(idleAfter))
            .WithShardRegion<TopicRegion>(TopicRegion.Name, (system, _) => id =>
            {
                var topic = TopicName.Trusted(id);
                return ActorFactory<TopicActor>.Props(() => new TopicActor(topic, topics, ClusterNodes.Of(system), TimeProvider.System));
            }, new TopicRegion(), ShardOptions(topicsIdleAfter));

        FeedOptions Own(FeedOptions given) => given with { ResumeWindow = options.ResumeWindow, WatchesItself = given.IdleAfter < idleAfter };
    }

    private static AkkaConfigurationBuilder WithRelays(this AkkaConfigurationBuilder builder) =>
        builder.WithActors((system, registry) =>
        {
            var (rooms, topics) = (registry.Get<RoomRegion>(), registry.Get<TopicRegion>());
            var turns = new Turns(TimeProvider.System);
            for (var i = 0; i < RelayRouting.Count; i++)
                system.ActorOf(ActorFactory<RelayActor>.Props(() => new RelayActor(rooms, topics, turns)), RelayRouting.ActorName(i));
        });

    private static AkkaConfigurationBuilder WithSessions(this AkkaConfigurationBuilder builder, SessionOptions options) =>
        builder.WithActors((system, registry) => registry.Register<SessionsActor>(system.ActorOf(
            ActorFactory<SessionsActor>.Props(() => new SessionsActor(options, ClusterNodes.Of(system), TimeProvider.System)), SessionsActor.Name)));

    private static AkkaConfigurationBuilder WithNodeWatch(this AkkaConfigurationBuilder builder) =>
        builder.WithActors((system, registry) =>
        {
            var regions = new Dictionary<IActorRef, Func<string, FeedId>>
            {
                [registry.Get<RoomRegion>()] = FeedRouting.RoomFeed,
                [registry.Get<TopicRegion>()] = FeedRouting.TopicFeed,
            };
            system.ActorOf(ActorFactory<NodeWatchActor>.Props(() => new NodeWatchActor(ClusterNodes.Of(system), regions)), "node-watch");
        });

    private static ShardOptions ShardOptions(TimeSpan idleAfter) => new()
    {
        Role = Roles.Room,
        StateStoreMode = StateStoreMode.DData,
        RememberEntities = false,
        PassivateIdleEntityAfter = idleAfter,
        HandOffStopMessage = StopFeed.Instance,
    };
}
