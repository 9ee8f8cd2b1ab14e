using Realtime.Actors.Topics;

namespace Realtime.Actors.Feeds;

/// <summary>
/// A sequencer of messages: a room, or a partition of a topic. Each numbers what it says on its own, and a client keeps
/// one position for each feed it hears. A room's key is its name; a topic's begins with U+0000, which no room name has.
/// </summary>
/// <param name="Key">The name that stands in frames and positions.</param>
public readonly record struct FeedId(string Key)
{
    private const char TopicMark = '\0';

    /// <summary>The feed of a room.</summary>
    public static FeedId Of(RoomName room) => new(room.Value);

    /// <summary>The feed of a topic's partition.</summary>
    public static FeedId Of(TopicName topic) => new(TopicMark + topic.Value);

    /// <summary>Whether this is a topic's feed, not a room's.</summary>
    public bool IsTopic => Key.Length > 0 && Key[0] == TopicMark;

    /// <summary>The entity id within the shard region of its kind.</summary>
    public string EntityId => IsTopic ? Key[1..] : Key;

    /// <inheritdoc/>
    public override string ToString() => IsTopic ? $"topic {EntityId}" : $"room {Key}";
}
