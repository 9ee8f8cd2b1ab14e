using Akka.Actor;
using Akka.Configuration;
using Akka.Hosting;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using Realtime.Actors.Cluster;
using Realtime.Actors.Rooms;
using Realtime.Actors.Serialization;
using Realtime.Actors.Topics;

namespace Realtime.Actors.Tests.Support;

/// <summary>One actor system, not joined to any cluster, with a probe in the place of each relay.</summary>
public abstract class ActorSpec(Config? storage = null) : TestKit((storage ?? InMemory).WithFallback(Basics))
{
    public static readonly DateTimeOffset Noon = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    protected static readonly Config InMemory = ConfigurationFactory.ParseString($$"""
        akka.persistence.journal {
          plugin = "akka.persistence.journal.on-demand"
          on-demand {
            class = "{{typeof(JournalOnDemand).AssemblyQualifiedName}}"
            plugin-dispatcher = "akka.actor.default-dispatcher"
          }
        }
        akka.persistence.snapshot-store.plugin = "akka.persistence.snapshot-store.inmem"
        """);

    private static readonly Config Basics = ConfigurationFactory.ParseString($$"""
        akka.loglevel = WARNING
        akka.actor.serialize-messages = off
        akka.actor.serializers.realtime = "{{typeof(RealtimeSerializer).AssemblyQualifiedName}}"
        akka.actor.serialization-bindings {
          "{{typeof(IWireMessage).AssemblyQualifiedName}}" = realtime
        }
        """).WithFallback(Hocon.Read("reference"));

    private ClusterNodes? _nodes;

    protected ClusterNodes Nodes => _nodes ??= ClusterNodes.Of(Sys);

    protected NodeId Here => Nodes.Self;

    protected JournalControl Journal => JournalControl.Of(Sys);

    protected FeedOptions Options { get; set; } = new();

    protected TimeProvider Time { get; set; } = TimeProvider.System;

    /// <summary>Puts one probe in the place of all relays of this node (and of those that <see cref="Neighbour"/> makes up).</summary>
    protected TestProbe ProbeRelays()
    {
        var probe = CreateTestProbe();
        for (var i = 0; i < RelayRouting.Count; i++)
            Sys.ActorOf(Props.Create(() => new Forwarder(probe.Ref)), RelayRouting.ActorName(i));
        return probe;
    }

    /// <summary>Another node, whose relays answer at this one's address: so each node with members makes one more message.</summary>
    protected NodeId Neighbour(int incarnation = 77)
    {
        var node = new NodeId(incarnation);
        Nodes.Add(node, Akka.Cluster.Cluster.Get(Sys).SelfAddress, isWeb: true);
        return node;
    }

    internal IActorRef StartRoom(string name) =>
        Sys.ActorOf(ActorFactory<RoomActor>.Props(() => new RoomActor(RoomName.Parse(name), Options, Nodes, Time)));

    internal IActorRef StartTopic(TopicName topic) =>
        Sys.ActorOf(ActorFactory<TopicActor>.Props(() => new TopicActor(topic, Options, Nodes, Time)));

    /// <summary>As its shard does it: the feed finishes what it has begun, and stops.</summary>
    protected async Task RestAsync(IActorRef feed)
    {
        await WatchAsync(feed);
        feed.Tell(StopFeed.Instance, TestActor);
        await ExpectTerminatedAsync(feed, TimeSpan.FromSeconds(20));
    }

    /// <summary>As its node does it when it dies: at once.</summary>
    protected async Task KillAsync(IActorRef feed)
    {
        await WatchAsync(feed);
        Sys.Stop(feed);
        await ExpectTerminatedAsync(feed, TimeSpan.FromSeconds(20));
    }

    protected static Task<T> AskAsync<T>(IActorRef actor, object message) => actor.Ask<T>(message, TimeSpan.FromSeconds(20));

    protected static async Task<SocketId[]> MembersOfAsync(IActorRef feed, FeedId id) =>
        [.. (await AskAsync<MemberPage>(feed, new ListMembers(id, null, 100))).Members.Select(member => member.Socket)];

    private sealed class Forwarder(IActorRef to) : UntypedActor
    {
        protected override void OnReceive(object message) => to.Forward(message);
    }
}
