
namespace Realtime.Actors.Feeds;

/// <summary>Where a feed stood when it went to rest: its position, and the messages and receipts that it still kept.</summary>
/// <param name="Position">The position of its last message.</param>
/// <param name="History">What it kept, oldest first.</param>
/// <param name="Receipts">The receipts of publications with a key, oldest first.</param>
public sealed record FeedRest(Position Position, IReadOnlyList<RestedMessage> History, IReadOnlyList<RestedReceipt> Receipts);

/// <summary>A kept message and the time it was said.</summary>
public sealed record RestedMessage(Envelope Message, DateTimeOffset At);

/// <summary>What the publication with a key was answered, for its retries.</summary>
public sealed record RestedReceipt(string Key, Position Position, int Members);

/// <summary>A snapshot of any feed.</summary>
public interface IFeedSnapshot : IWireMessage
{
    /// <summary>Given when the feed had rested and not spoken since.</summary>
    FeedRest? Rest { get; }

    /// <summary>The name of the feed, where it is too long to stand in the snapshot's persistence id.</summary>
    string? Name => null;

    /// <summary>The same with that name.</summary>
    IFeedSnapshot Named(string name);
}
