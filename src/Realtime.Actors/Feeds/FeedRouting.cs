using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Akka.Util;
using Realtime.Actors.Topics;

namespace Realtime.Actors.Feeds;

/// <summary>Where a feed lives: its shard, and its rows in the journal.</summary>
internal static class FeedRouting
{
    /// <summary>How many shards each kind of feed is spread over. For ever: rooms would not find their way with another number.</summary>
    public const int Shards = 128;

    // The column of the journal takes 255 characters.
    private const int LongestName = 200;

    private static readonly string[] ShardIds = [.. Enumerable.Range(0, Shards).Select(i => i.ToString(System.Globalization.CultureInfo.InvariantCulture))];

    /// <summary>The shard of an entity. The cast comes before the remainder: the hash of some names is the one int without an absolute value.</summary>
    public static string ShardOf(string entityId) => ShardIds[(uint)MurmurHash.StringHash(entityId) % Shards];

    /// <summary>The feed of a topic's entity.</summary>
    public static FeedId TopicFeed(string entityId) => FeedId.Of(TopicName.Trusted(entityId));

    /// <summary>The feed of a room's entity.</summary>
    public static FeedId RoomFeed(string entityId) => FeedId.Of(RoomName.Trusted(entityId));

    /// <summary>The name of a feed, if it is too long for its name in the journal: its rows have it too then.</summary>
    public static string? LongNameOf(FeedId feed) => feed.EntityId.Length > LongestName ? feed.EntityId : null;

    /// <summary>The feed that rows belong to; null when their persistence id is of another kind, or its name too long to stand in it.</summary>
    public static FeedId? FeedOf(string persistenceId) => persistenceId.Split(':', 2) switch
    {
        ["room", var name] => RoomFeed(name),
        ["topic", var name] when name.Contains('/', StringComparison.Ordinal) => TopicFeed(name),
        _ => null,
    };

    /// <summary>Whether rows belong to a room whose name does not stand in their persistence id.</summary>
    public static bool IsOfLongName(string persistenceId) => persistenceId.StartsWith("room#", StringComparison.Ordinal);

    /// <summary>The name of a feed in the journal. A long one is replaced by its hash.</summary>
    public static string PersistenceIdOf(FeedId feed)
    {
        var kind = feed.IsTopic ? "topic" : "room";
        return LongNameOf(feed) is null
            ? $"{kind}:{feed.EntityId}"
            : $"{kind}#{Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(feed.EntityId)))}";
    }
}
