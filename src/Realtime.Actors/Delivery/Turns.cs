using Akka.Actor;

namespace Realtime.Actors.Delivery;

/// <summary>
/// When the relays of a node tell their sessions what waits: together, and not before the sessions have had their turn with what
/// was told last. Until then what comes is gathered, so that a busy node writes once for many messages, of one room or of several,
/// and an idle one at once for each. Thread-safe.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="enqueue">Takes work behind whatever has arrived at this node: the thread pool's common queue where it is not given.</param>
internal sealed class Turns(TimeProvider time, Action<IThreadPoolWorkItem>? enqueue = null) : IThreadPoolWorkItem
{
    /// <summary>How long a turn lasts at most once others wait for it: a session that is stopping does not say that it had its own.</summary>
    internal static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(100);

    // So often what still fills is left for later.
    private const int MostRounds = 16;

    // So often in a row nothing more has come when it is full: what was published together does not go the same way, and a message to
    // another room may have a hop more to go.
    private const int QuietRounds = 2;

    private readonly Action<IThreadPoolWorkItem> _enqueue = enqueue ?? (static work => ThreadPool.UnsafeQueueUserWorkItem(work, preferLocal: false));
    private readonly Lock _lock = new();
    private readonly HashSet<IActorRef> _waiting = [];
    private Turn? _current;
    private bool _isDue;
    private int _gathered;
    private int _noted;
    private int _rounds;
    private int _quiet;
    private ITimer? _timer;

    /// <summary>A relay has something more to tell, and gets a <see cref="Turn"/> for it.</summary>
    public void Gathered(IActorRef relay)
    {
        lock (_lock)
        {
            _gathered++;
            if (_waiting.Add(relay) && _current is not null && _waiting.Count == 1)
                Watch();
            if (_current is null)
                AskForTurn();
        }
    }

    /// <summary>All have had it.</summary>
    internal void End(Turn turn)
    {
        lock (_lock)
        {
            if (turn != _current)
                return; // it took too long, and others have begun
            _current = null;
            if (_waiting.Count > 0)
                AskForTurn();
        }
    }

    // Behind whatever has arrived at this node, so that it is told together: what waits in mailboxes, and what waits for a thread,
    // such as what other publishers have just sent.
    private void AskForTurn()
    {
        if (_isDue)
            return;
        (_isDue, _noted, _rounds, _quiet) = (true, _gathered, 0, 0);
        _enqueue(this);
    }

    void IThreadPoolWorkItem.Execute()
    {
        IActorRef[] relays;
        Turn turn;
        lock (_lock)
        {
            // What was published together comes one by one where each has a way of its own to go, as over HTTP.
            _quiet = _gathered > _noted ? 0 : _quiet + 1;
            if (_quiet < QuietRounds && ++_rounds <= MostRounds)
            {
                _noted = _gathered;
                _enqueue(this);
                return;
            }
            relays = [.. _waiting];
            _waiting.Clear();
            (_isDue, _gathered) = (false, 0);
            _current = turn = new Turn(this, relays.Length, time);
        }
        foreach (var relay in relays)
            relay.Tell(turn, ActorRefs.NoSender);
    }

    private void Watch()
    {
        _timer ??= time.CreateTimer(static turns => ((Turns)turns!).EndOverdue(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(Longest, Timeout.InfiniteTimeSpan);
    }

    private void EndOverdue()
    {
        lock (_lock)
        {
            if (_current is not { } turn || _waiting.Count == 0)
                return;
            if (turn.Age < Longest)
                Watch(); // one that has begun since gets its time too
            else
                End(turn);
        }
    }
}
