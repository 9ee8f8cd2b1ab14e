using Akka.Util;

namespace Realtime.Actors.Delivery;

/// <summary>Which of a node's relays serves a feed. The same on every node and in every version: senders compute it.</summary>
public static class RelayRouting
{
    /// <summary>Relays on each web node: enough for its cores, few enough that one gets to batch.</summary>
    public const int Count = 4;

    /// <summary>The relay of a feed, from 0.</summary>
    public static int IndexOf(FeedId feed) => (int)((uint)MurmurHash.StringHash(feed.Key) % Count);

    /// <summary>The name of a relay under the user guardian.</summary>
    public static string ActorName(int index) => $"relay-{index}";
}
