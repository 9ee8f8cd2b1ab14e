
namespace Realtime.Actors.Delivery;

/// <summary>One numbered message of a feed, as it travels from the feed to the relays, and as history keeps it.</summary>
/// <param name="Seq">Its number within the feed's epoch; 0 for a transient one, which has none.</param>
/// <param name="Event">The event that clients get.</param>
/// <param name="Data">The data that clients get, as UTF-8 JSON. It is never parsed again on the way.</param>
/// <param name="Omit">The socket that does not get it.</param>
/// <param name="MessageId">Given when the same message goes to several rooms, so that a socket in two of them gets it once (contract R-33).</param>
/// <param name="Verb">For topics: what happened. It decides the audience.</param>
/// <param name="Record">For topics: the record that it happened to.</param>
public sealed record Envelope(
    long Seq,
    EventName Event,
    ReadOnlyMemory<byte> Data,
    SocketId? Omit = null,
    Guid? MessageId = null,
    Verb? Verb = null,
    RecordId? Record = null)
{
    /// <summary>Whether everybody in the audience gets it, so that nobody needs to look twice.</summary>
    public bool ForAll => Omit is null && MessageId is null;

    /// <summary>Whether it has no number: it is not kept, and nobody misses it.</summary>
    public bool IsTransient => Seq == 0;

    /// <summary>What it weighs in a history, in bytes: its data and an allowance for the rest.</summary>
    public int Weight => Data.Length + 128;
}
