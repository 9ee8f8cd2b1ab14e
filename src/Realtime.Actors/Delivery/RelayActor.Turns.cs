using Akka.Actor;

namespace Realtime.Actors.Delivery;

// When a feed's next batch is told: not before the sessions have had their turn with the one before. Until then what comes
// is gathered, so that a busy node writes once for many messages, and an idle one at once for each.
internal sealed partial class RelayActor
{
    /// <summary>To fewer sessions than this, each batch is told at once: the two marks would cost more than they save.</summary>
    internal const int FewestToWaitFor = 16;

    private readonly HashSet<RelayFeed> _inTurn = [];
    private int _lastTurn;

    // The first and the last one told: whichever end of a queue the dispatcher serves first, all others lie between them.
    private void BeginTurn(RelayFeed feed, ReadOnlySpan<LocalMember> told)
    {
        if (told.Length < FewestToWaitFor || told[0].Gone || told[^1].Gone)
            return;
        var mark = new TurnMark(feed.Feed, ++_lastTurn);
        feed.BeginTurn(mark.Turn, marks: 2);
        _inTurn.Add(feed);
        told[0].Session.Tell(mark, Self);
        told[^1].Session.Tell(mark, Self);
        if (!Timers.IsTimerActive(TurnsDue.Instance))
            Timers.StartSingleTimer(TurnsDue.Instance, TurnsDue.Instance, _longestTurn);
    }

    private void Take(TurnMark mark)
    {
        if (_feeds.TryGetValue(mark.Feed, out var feed) && feed.EndTurn(mark.Turn))
            GoOn(feed);
    }

    private void GoOn(RelayFeed feed)
    {
        _inTurn.Remove(feed);
        if (feed.Batch.Count > 0)
            FlushLater(feed);
    }

    private void EndOverdueTurns()
    {
        foreach (var feed in _inTurn.ToArray())
        {
            // A turn that has only just begun gets its time too.
            if (feed.AgeTurn())
                GoOn(feed);
        }
        if (_inTurn.Count > 0)
            Timers.StartSingleTimer(TurnsDue.Instance, TurnsDue.Instance, _longestTurn);
    }

    private sealed class TurnsDue : INotInfluenceReceiveTimeout
    {
        public static readonly TurnsDue Instance = new();
    }
}
