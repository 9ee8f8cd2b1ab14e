
namespace Realtime.Actors.Topics;

/// <summary>
/// A socket subscribes to records, watches the model, or both (contract P-3, P-40). Records need not exist. Answered by
/// <see cref="Subscribed"/> once it is written.
/// </summary>
public sealed record Subscribe(TopicName Topic, SocketId Socket, NodeId Node, IReadOnlyList<RecordId> Records, bool Watch, int Op = 0, long Term = 0)
    : ISessionCommand
{
    /// <inheritdoc/>
    public FeedId Feed => FeedId.Of(Topic);
}

/// <summary>Undoes <see cref="Subscribe"/> for these records, for watching, or both. Answered by <see cref="Unsubscribed"/>.</summary>
public sealed record Unsubscribe(TopicName Topic, SocketId Socket, IReadOnlyList<RecordId> Records, bool Unwatch, int Op = 0)
    : IMemberCommand
{
    /// <inheritdoc/>
    public FeedId Feed => FeedId.Of(Topic);
}

/// <summary>
/// Something happened to a record. The verb decides the audience: the watchers for <see cref="Verb.Created"/>, who are
/// then subscribed to the record (P-31); its subscribers for the rest; after <see cref="Verb.Destroyed"/> it has none (P-32).
/// Answered by <see cref="Published"/>.
/// </summary>
/// <param name="Topic">The partition of the record.</param>
/// <param name="Verb">What happened.</param>
/// <param name="Record">Which record; null means none in particular, and is for the watchers.</param>
/// <param name="Data">What clients get, as UTF-8 JSON: the whole envelope of P-10 to P-16.</param>
/// <param name="Omit">The socket that caused it.</param>
/// <param name="Key">The same for each attempt.</param>
public sealed record Publish(
    TopicName Topic,
    Verb Verb,
    RecordId? Record,
    ReadOnlyMemory<byte> Data,
    SocketId? Omit = null,
    string? Key = null) : IPublication
{
    /// <inheritdoc/>
    public FeedId Feed => FeedId.Of(Topic);

    /// <inheritdoc/>
    public Envelope ToEnvelope(long seq) => new(seq, EventName.Trusted(Topic.Model.Value), Data, Omit, null, Record is null ? null : Verb, Record);
}

/// <summary>The socket is subscribed, and gets what comes after <paramref name="From"/>.</summary>
/// <param name="Feed">The topic.</param>
/// <param name="Socket">The subscriber.</param>
/// <param name="Op">As in the command.</param>
/// <param name="From">Where delivery begins.</param>
/// <param name="Records">Those of the command that it was not subscribed to before.</param>
/// <param name="Watches">Whether it watches the model now.</param>
public sealed record Subscribed(FeedId Feed, SocketId Socket, int Op, Position From, IReadOnlyList<RecordId> Records, bool Watches)
    : IMemberReply;

/// <summary>The socket is not subscribed to these records (any more), nor watching if that was asked.</summary>
public sealed record Unsubscribed(FeedId Feed, SocketId Socket, int Op, IReadOnlyList<RecordId> Records, bool Unwatched) : IMemberReply;
