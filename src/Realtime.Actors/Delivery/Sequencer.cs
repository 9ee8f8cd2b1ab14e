namespace Realtime.Actors.Delivery;

/// <summary>Gives each message of a feed its number, and keeps the last ones. One for each running feed.</summary>
public sealed class Sequencer(Position start, HistoryOptions options)
{
    private readonly History _history = Begin(start, options);

    /// <summary>Where the feed stands: the position of the last message.</summary>
    public Position Position { get; private set; } = start;

    /// <summary>What is kept for replay.</summary>
    public History History => _history;

    /// <summary>Takes a message that has the next number.</summary>
    public void Take(Envelope message, DateTimeOffset now)
    {
        if (message.Seq != Position.Seq + 1)
            throw new ArgumentException($"Message {message.Seq} does not follow {Position.Seq}.", nameof(message));
        Position = Position.Next();
        _history.Add(message, now);
    }

    /// <summary>
    /// What somebody has missed who has seen everything up to <paramref name="seen"/>; null when nobody can tell any more.
    /// </summary>
    public IReadOnlyList<Envelope>? Since(Position seen, DateTimeOffset now)
    {
        _history.Trim(now);
        if (seen.Epoch != Position.Epoch || seen.Seq > Position.Seq || seen.Seq < _history.ReachesBackTo)
            return null;
        return _history.After(seen.Seq);
    }

    /// <summary>What to write down so that the feed can go on later with the same numbers.</summary>
    public FeedRest Rest(DateTimeOffset now, IReadOnlyList<RestedReceipt> receipts)
    {
        _history.Trim(now);
        return new FeedRest(Position, [.. _history.All.Select(kept => new RestedMessage(kept.Message, kept.At))], receipts);
    }

    /// <summary>Goes on where a feed rested.</summary>
    public static Sequencer Continue(FeedRest rest, HistoryOptions options)
    {
        var sequencer = new Sequencer(rest.Position, options);
        if (rest.History is [var oldest, ..])
        {
            sequencer._history.Restart(oldest.Message.Seq - 1);
            foreach (var (message, at) in rest.History)
                sequencer._history.Add(message, at);
        }
        return sequencer;
    }

    private static History Begin(Position start, HistoryOptions options)
    {
        var history = new History(options);
        history.Restart(start.Seq);
        return history;
    }
}
