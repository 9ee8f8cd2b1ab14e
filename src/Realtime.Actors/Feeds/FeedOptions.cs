
namespace Realtime.Actors.Feeds;

/// <summary>How rooms and topics behave.</summary>
public sealed record FeedOptions
{
    /// <summary>
    /// Whether each message is written down before its publisher is told. Then it survives the death of any node, and
    /// the epoch goes on. Default: not, which is an order of magnitude faster.
    /// </summary>
    public bool Durable { get; init; }

    /// <summary>
    /// For rooms: whether members are known to each other. Then they can be listed with what they tell about themselves, and
    /// the room tells all members who came, who went and who tells something else, by numbered messages. Default: not.
    /// </summary>
    public bool Presence { get; init; }

    /// <summary>
    /// For rooms: whether memberships are kept in memory only, so that to join and to leave costs no write. The relays of the members'
    /// nodes remember them, so that the room finds them again when it moves or its node dies. Who is lost with his own node is lost
    /// where the room does not know him any more. Default: not.
    /// </summary>
    public bool TransientMembership { get; init; }

    /// <summary>How long a member whose connection or node was lost has to come back. Default one minute.</summary>
    public TimeSpan ResumeWindow { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How much a feed keeps for members that come back.</summary>
    public HistoryOptions History { get; init; } = new();

    /// <summary>How many receipts a feed keeps, to recognise a retried publication by its key. Default 1024; 0 recognises none.</summary>
    public int IdempotencyKeys { get; init; } = 1024;

    /// <summary>After how many journal rows a feed writes a snapshot and lets go of the rows. Default 200.</summary>
    public int RowsPerSnapshot { get; init; } = 200;

    /// <summary>After how long without a message a feed leaves memory. Default two minutes. It wakes at the next message.</summary>
    public TimeSpan IdleAfter { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Whether the feed watches for that itself, since its shard lets others stay for longer. A watch of its own costs a timer for each message.</summary>
    internal bool WatchesItself { get; init; }
}
