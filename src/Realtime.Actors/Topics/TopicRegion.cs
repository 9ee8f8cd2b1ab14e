namespace Realtime.Actors.Topics;

/// <summary>The shard region of topics, and the key to its door: <c>IRequiredActor&lt;TopicRegion&gt;</c>.</summary>
public sealed class TopicRegion : FeedRegion
{
    /// <summary>The type name of the region.</summary>
    public const string Name = "topic";
}
