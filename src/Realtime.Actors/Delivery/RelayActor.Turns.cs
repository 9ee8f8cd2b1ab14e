using Akka.Actor;
using Realtime.Actors.Dispatching;

namespace Realtime.Actors.Delivery;

// When what waits is told: to many in a turn of the node's sessions, to few as soon as whatever has arrived is in.
internal sealed partial class RelayActor
{
    /// <summary>To fewer sessions than this, each batch is told at once: the turn would cost more than it saves.</summary>
    internal const int FewestToWaitFor = 16;

    private readonly List<RelayFeed> _ofFew = [];
    private readonly List<RelayFeed> _ofMany = [];
    private bool _flushIsDue;

    private void Gather(RelayFeed feed, Envelope message)
    {
        feed.Batch.Add(message);
        var isFirst = feed.Batch.Count == 1;
        if (feed.HasMany)
        {
            if (isFirst)
                _ofMany.Add(feed);
            _turns.Gathered(Self);
        }
        else if (isFirst)
        {
            _ofFew.Add(feed);
            AskToFlush();
        }
    }

    private void AskToFlush()
    {
        if (_flushIsDue)
            return;
        _flushIsDue = true;
        ThreadPool.UnsafeQueueUserWorkItem(static relay => relay.Tell(Flush.Instance, ActorRefs.NoSender), Self, preferLocal: false);
    }

    private void FlushOfFew()
    {
        _flushIsDue = false;
        using var told = Round.Gather();
        foreach (var feed in _ofFew)
            FlushNow(feed);
        _ofFew.Clear();
    }

    private void Take(Turn turn)
    {
        try
        {
            using var told = Round.Gather();
            foreach (var feed in _ofMany)
                FlushNow(feed, turn);
        }
        finally
        {
            _ofMany.Clear();
            turn.Pass();
        }
    }

    // To the first and the last one told: whichever end of a queue the dispatcher serves first, all others lie between them.
    private static void PassOn(Turn turn, ReadOnlySpan<LocalMember> told)
    {
        if (told.Length < FewestToWaitFor || told[0].Gone || told[^1].Gone)
            return;
        turn.GoesTo(sessions: 2);
        told[0].Session.Tell(turn, ActorRefs.NoSender);
        told[^1].Session.Tell(turn, ActorRefs.NoSender);
    }

    private sealed class Flush
    {
        public static readonly Flush Instance = new();
    }
}
