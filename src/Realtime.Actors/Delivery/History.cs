namespace Realtime.Actors.Delivery;

/// <summary>The last messages of a feed, bounded by count, weight and age, for those who missed some of them.</summary>
public sealed class History(HistoryOptions options)
{
    private readonly Queue<(Envelope Message, DateTimeOffset At)> _kept = new();
    private long _weight;

    /// <summary>How many messages are kept.</summary>
    public int Count => _kept.Count;

    /// <summary>What the kept messages weigh together, in bytes.</summary>
    public long Weight => _weight;

    /// <summary>The number before the oldest kept message: what comes after it can be replayed.</summary>
    public long ReachesBackTo { get; private set; }

    /// <summary>Keeps a message, and lets go of those that are over the bounds.</summary>
    public void Add(Envelope message, DateTimeOffset now)
    {
        _kept.Enqueue((message, now));
        _weight += message.Weight;
        Trim(now);
    }

    /// <summary>Lets go of what is over the bounds.</summary>
    public void Trim(DateTimeOffset now)
    {
        while (_kept.TryPeek(out var oldest)
               && (_kept.Count > options.MaxMessages || _weight > options.MaxBytes || now - oldest.At > options.MaxAge))
        {
            _kept.Dequeue();
            _weight -= oldest.Message.Weight;
            ReachesBackTo = oldest.Message.Seq;
        }
    }

    /// <summary>Begins anew after <paramref name="seq"/>, with nothing kept.</summary>
    public void Restart(long seq)
    {
        _kept.Clear();
        _weight = 0;
        ReachesBackTo = seq;
    }

    /// <summary>The kept messages with a number above <paramref name="seq"/>, oldest first, <paramref name="limit"/> at most.</summary>
    public IReadOnlyList<Envelope> After(long seq, int limit = int.MaxValue)
    {
        var found = new List<Envelope>();
        foreach (var (message, _) in _kept)
        {
            if (found.Count >= limit)
                break;
            if (message.Seq > seq)
                found.Add(message);
        }
        return found;
    }

    /// <summary>Everything that is kept, with the time it was said, oldest first.</summary>
    public IEnumerable<(Envelope Message, DateTimeOffset At)> All => _kept;
}
