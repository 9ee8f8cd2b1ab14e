namespace Realtime.Actors.Feeds;

/// <summary>Numbers the messages of one turn of a durable feed before they are written.</summary>
internal sealed class Saying(Position position, IdempotencyWindow<Published> receipts)
{
    private readonly IdempotencyWindow<bool> _keys = new(receipts.Capacity);
    private long _seq = position.Seq;

    /// <summary>What to write for a publication; null when it is a retry of one that is written, or is about to be.</summary>
    public MessageSaid? Next(IPublication publication, Func<Envelope, int> audienceOf, DateTimeOffset now)
    {
        if (publication.Key is { } key && (receipts.TryGet(key, out _) || _keys.TryGet(key, out _)))
            return null;
        _keys.Keep(publication.Key, true);
        var message = publication.ToEnvelope(++_seq);
        return new MessageSaid(position.Epoch, message, now, publication.Key, audienceOf(message));
    }
}
