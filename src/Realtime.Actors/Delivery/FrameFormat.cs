namespace Realtime.Actors.Delivery;

/// <summary>
/// How messages look to the sockets of one protocol. There is one instance for each, and sockets are grouped by it.
/// Called by relays and sessions of the same node at the same time, so it must be thread-safe.
/// </summary>
public abstract class FrameFormat
{
    /// <summary>Encodes several messages of one feed to be written at once.</summary>
    public abstract Frame Encode(FeedId feed, long epoch, ReadOnlySpan<Envelope> messages);

    /// <summary>Encodes a message to one socket alone, which has no place in any feed's order.</summary>
    public abstract Frame EncodeDirect(EventName name, ReadOnlyMemory<byte> data);

    /// <summary>Encodes the news that messages of a feed before this position were missed and cannot be had any more.</summary>
    public abstract Frame EncodeMissed(FeedId feed, Position position);

    /// <summary>
    /// Encodes the news that the socket is in a feed now, and hears what comes after this position: whoever made it so. Null
    /// where clients keep no positions.
    /// </summary>
    public virtual Frame? EncodeEntered(FeedId feed, Position position) => null;
}
