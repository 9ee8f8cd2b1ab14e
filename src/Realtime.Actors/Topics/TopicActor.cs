using Realtime.Actors.Cluster;

namespace Realtime.Actors.Topics;

/// <summary>One partition of a model's topic.</summary>
internal sealed class TopicActor(TopicName topic, FeedOptions options, ClusterNodes nodes, TimeProvider time)
    : FeedActor<TopicState>(FeedId.Of(topic), TopicState.Empty, options, nodes, time)
{
    protected override TopicState Restore(IFeedSnapshot snapshot) => TopicState.From((TopicSnapshot)snapshot);
}
