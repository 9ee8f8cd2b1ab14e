using Akka.Cluster.Sharding;

namespace Realtime.Actors.Feeds;

/// <summary>
/// How messages find their feed. Written by hand, since an extractor that throws takes every feed of the node down with the
/// region, and the stock one throws for a name whose hash has no absolute value.
/// </summary>
public abstract class FeedRegion : IMessageExtractor
{
    /// <inheritdoc/>
    public string? EntityId(object message) => (message as IWithFeed)?.Feed.EntityId;

    /// <inheritdoc/>
    public object? EntityMessage(object message) => message;

    /// <inheritdoc/>
    [Obsolete("The region asks by entity id.")]
    public string? ShardId(object message) => EntityId(message) is { } id ? ShardId(id) : null;

    /// <inheritdoc/>
    public string ShardId(string entityId, object? messageHint = null) => FeedRouting.ShardOf(entityId);
}
