using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.Sharding;
using Akka.Event;

namespace Realtime.Actors.Cluster;

/// <summary>
/// Keeps <see cref="ClusterNodes"/>, and when a node is lost has the feeds that are awake here look whether they had members
/// on it. Feeds do not listen themselves: a hundred thousand of them would, for an event of once a week.
/// </summary>
internal sealed class NodeWatchActor : ReceiveActor
{
    private readonly ClusterNodes _nodes;
    private readonly IReadOnlyDictionary<IActorRef, Func<string, FeedId>> _regions;
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(10);

    private readonly ILoggingAdapter _log = Context.GetLogger();

    public NodeWatchActor(ClusterNodes nodes, IReadOnlyDictionary<IActorRef, Func<string, FeedId>> regions)
    {
        (_nodes, _regions) = (nodes, regions);
        Receive<ClusterEvent.CurrentClusterState>(state =>
        {
            foreach (var member in state.Members)
                Add(member);
        });
        Receive<ClusterEvent.MemberRemoved>(removed => Remove(removed.Member));
        Receive<ClusterEvent.IMemberEvent>(happened => Add(happened.Member));
        Receive<AwakeFeeds>(Check);
        Receive<Status.Failure>(failure => _log.Warning(failure.Cause, "A shard region did not say which feeds are awake; those with members on the lost node look when they next wake."));
    }

    protected override void PreStart() => Akka.Cluster.Cluster.Get(Context.System).Subscribe(
        Self, ClusterEvent.SubscriptionInitialStateMode.InitialStateAsSnapshot, typeof(ClusterEvent.IMemberEvent));

    protected override void PostStop() => Akka.Cluster.Cluster.Get(Context.System).Unsubscribe(Self);

    private void Add(Akka.Cluster.Member member) => 
        _nodes.Add(new NodeId(member.UniqueAddress.Uid), member.UniqueAddress.Address, member.HasRole(Roles.Web));

    private void Remove(Akka.Cluster.Member member)
    {
        var node = new NodeId(member.UniqueAddress.Uid);
        if (!_nodes.Remove(node))
            return;
        _log.Info("Node {0} at {1} has left the cluster.", node, member.UniqueAddress.Address);
        foreach (var region in _regions.Keys)
        {
            region.Ask<CurrentShardRegionState>(GetShardRegionState.Instance, AnswerWithin)
                .PipeTo(Self, success: state => new AwakeFeeds(region, state));
        }
    }

    private void Check(AwakeFeeds awake)
    {
        foreach (var shard in awake.State.Shards)
        {
            foreach (var entity in shard.EntityIds)
                awake.Region.Tell(new CheckNodes(_regions[awake.Region](entity)));
        }
    }

    private sealed record AwakeFeeds(IActorRef Region, CurrentShardRegionState State);
}
