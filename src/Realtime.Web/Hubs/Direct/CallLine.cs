using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.SignalR;

namespace Realtime.Web.Hubs.Direct;

/// <summary>
/// The calls of one connection, each behind the end of the one before, whichever way they go. Calls are lined up where the connection is
/// read, in the order in which they come; they end anywhere.
/// </summary>
internal sealed class CallLine(HubConnectionContext connection)
{
    private object? _last; // a task, or a direct call; null when that has ended
    private volatile DirectCall? _direct;
    private volatile string? _unanswered;
    private bool _looksForLateCalls;

    /// <summary>Lines up a call that goes the ordinary way; what comes back ends when the one before has.</summary>
    public Task Enqueue(Task call) => Interlocked.Exchange(ref _last, call) switch
    {
        Task before => before,
        DirectCall before => before.Ended,
        _ => Task.CompletedTask,
    };

    /// <summary>A call is about to go the ordinary way: until its answer is written, none is direct, lest that one's answer come first.</summary>
    public void Expect(string invocation) => _unanswered = invocation;

    /// <summary>An answer is being written.</summary>
    public void NoteAnswer(string? invocation)
    {
        if (_unanswered == invocation)
            _unanswered = null;
    }

    /// <summary>Lines up a direct call.</summary>
    /// <returns>False when the call before it is still under way: then it has to go the ordinary way, and wait.</returns>
    public bool TryEnter(DirectCall call)
    {
        if (_unanswered is not null || Volatile.Read(ref _last) is not (null or Task { IsCompleted: true }))
            return false;
        _direct = call;
        Volatile.Write(ref _last, call);
        LookForLateCalls();
        return true;
    }

    /// <summary>A direct call has ended.</summary>
    public void Leave(DirectCall call)
    {
        _direct = null;
        Interlocked.CompareExchange(ref _last, null, call);
    }

    // Once a second. A timer for each call would cost more than the call.
    private void LookForLateCalls()
    {
        if (_looksForLateCalls)
            return;
        _looksForLateCalls = true;
        connection.Features.GetRequiredFeature<IConnectionHeartbeatFeature>()
            .OnHeartbeat(static line => ((CallLine)line)._direct?.EndWhenLate(), this);
    }
}
