namespace Realtime.Actors.Feeds;

/// <summary>
/// Asks a feed to finish what it has begun and to stop: when it is idle, when its shard moves, when the node leaves.
/// </summary>
public sealed record StopFeed
{
    /// <summary>The only one.</summary>
    public static readonly StopFeed Instance = new();

    private StopFeed()
    {
    }
}
