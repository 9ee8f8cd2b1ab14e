namespace Realtime.Web.HttpSessions;

/// <summary>Gives one holder after the other the turn with a session, in the order in which they asked.</summary>
internal sealed class SessionTurns
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Turn> _turns = new(StringComparer.Ordinal);

    /// <summary>The application's endpoints, as requests that take turns run them.</summary>
    public EndpointsInTurns Endpoints { get; } = new();

    /// <summary>For how many sessions somebody has the turn, or waits for it.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _turns.Count;
        }
    }

    /// <summary>Whether a request to this endpoint has the turn with a session, or waits for it.</summary>
    public bool IsWantedBy(EndpointInTurns endpoint, string session)
    {
        lock (_gate)
            return _turns.TryGetValue(session, out var turn) && turn.Interested.Contains(endpoint);
    }

    /// <summary>Waits for the turn.</summary>
    /// <param name="session">The session's key.</param>
    /// <param name="endpoint">What is to run in it.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>What gives the turn to the next, once.</returns>
    /// <exception cref="OperationCanceledException">It did not come in time.</exception>
    public async ValueTask<Action> TakeAsync(string session, EndpointInTurns endpoint, CancellationToken cancellation)
    {
        Turn? turn;
        lock (_gate)
        {
            if (!_turns.TryGetValue(session, out turn))
                _turns[session] = turn = new Turn();
            turn.Interested.Add(endpoint);
        }
        try
        {
            await turn.Free.WaitAsync(cancellation);
        }
        catch
        {
            Leave(session, turn, endpoint);
            throw;
        }
        var isHeld = 1;
        return () =>
        {
            if (Interlocked.Exchange(ref isHeld, 0) == 0)
                return;
            turn.Free.Release();
            Leave(session, turn, endpoint);
        };
    }

    private void Leave(string session, Turn turn, EndpointInTurns endpoint)
    {
        lock (_gate)
        {
            turn.Interested.Remove(endpoint);
            if (turn.Interested.Count == 0)
                _turns.Remove(session);
        }
    }

    private sealed class Turn
    {
        // Those that wait without a thread are woken in their order.
        public SemaphoreSlim Free { get; } = new(1);

        public List<EndpointInTurns> Interested { get; } = [];
    }
}
