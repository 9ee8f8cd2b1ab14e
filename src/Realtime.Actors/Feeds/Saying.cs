namespace Realtime.Actors.Feeds;

/// <summary>Numbers the messages of one turn of a durable feed before they are written.</summary>
internal sealed class Saying(Position position, IdempotencyWindow<Published> receipts)
{
    private readonly HashSet<string> _keys = [];
    private long _seq = position.Seq;

    /// <summary>What to write for a publication; null when it is a retry of one that is written, or is about to be.</summary>
    public MessageSaid? Next(IPublication publication, Func<Envelope, int> audienceOf, DateTimeOffset now)
    {
        // Where no receipts are kept, no retry is recognised, not even within one turn.
        if (publication.Key is { } key && receipts.Capacity > 0 && (receipts.TryGet(key, out _) || !_keys.Add(key)))
            return null;
        var message = publication.ToEnvelope(++_seq);
        return new MessageSaid(position.Epoch, message, now, publication.Key, audienceOf(message));
    }
}
