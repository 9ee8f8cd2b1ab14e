namespace Realtime.Web.HttpSessions;

/// <summary>A request's turn with its session: it may take it once, and has it until it ends or its time is over.</summary>
/// <param name="turns">Of all sessions.</param>
/// <param name="session">The session's key.</param>
/// <param name="end">Cancelled when the request's time is over.</param>
internal sealed class RequestTurn(SessionTurns turns, string session, CancellationToken end)
{
    private Action? _next;
    private CancellationTokenRegistration _atEnd;

    public string Session => session;

    /// <summary>Whether an earlier request to this endpoint has the turn, or waits for it.</summary>
    public bool IsWantedBy(EndpointInTurns endpoint) => turns.IsWantedBy(endpoint, session);

    /// <summary>Waits for the turn, unless the request has it.</summary>
    /// <param name="endpoint">What is to run in it.</param>
    /// <exception cref="OperationCanceledException">The request's time is over.</exception>
    public async ValueTask TakeAsync(EndpointInTurns endpoint)
    {
        if (_next is not null)
            return;
        _next = await turns.TakeAsync(session, endpoint, end);
        // An application that does not stop when told holds nobody up. What it still writes is merged.
        _atEnd = end.UnsafeRegister(static next => ((Action)next!)(), _next);
    }

    /// <summary>Gives the turn to the next, if the request has it.</summary>
    public void End()
    {
        _atEnd.Dispose();
        _next?.Invoke();
    }
}
