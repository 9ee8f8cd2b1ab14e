using System.Text.Json;
using Microsoft.AspNetCore.SignalR;

namespace Realtime.Client.Connection;

/// <summary>Invocations of the hub: those that wait for a connection or for their turn, in order, and those that wait for an answer.</summary>
/// <param name="gate">The client's lock. Those methods that do not take it are to be called with it.</param>
/// <param name="options">The settings.</param>
internal sealed class Calls(Lock gate, RealtimeClientOptions options)
{
    private readonly LinkedList<Call> _waiting = new();
    private readonly HashSet<Call> _flying = [];
    private IHub? _hub;
    private int _atOnce = int.MaxValue;
    private int _boundedFlying;
    private long _sent;
    private bool _isOver;

    /// <summary>Sends a call, now or when there is a connection and its turn has come, and waits for the answer. Takes the lock.</summary>
    public async Task<JsonElement> InvokeAsync(Call call, TimeSpan timeout, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(_isOver, typeof(RealtimeClient));
            if (_waiting.Count >= options.QueueLimit && (_hub is null || call.IsBounded))
                throw new RealtimeClientException(ClientErrorCodes.QueueFull, $"{_waiting.Count} requests wait to be sent already.");
            SendOrWait(call);
        }
        var late = new RealtimeClientException(ClientErrorCodes.Timeout, $"No answer within {timeout}.");
        await using var timer = timeout == Timeout.InfiniteTimeSpan ? null
            : options.Time.CreateTimer(_ => Settle(call, () => call.Completion.TrySetException(late)), null, timeout, Timeout.InfiniteTimeSpan);
        await using var taken = cancellation.Register(() => Settle(call, () => call.Completion.TrySetCanceled(cancellation)));
        return await call.Completion.Task;
    }

    /// <summary>There is a connection: what waits is sent, in the order in which it was asked for.</summary>
    /// <param name="hub">The connection.</param>
    /// <param name="opening">How it compares with the one before.</param>
    public void Connected(IHub hub, Opening opening)
    {
        (_hub, _atOnce) = (hub, opening.Hello.RequestsAtOnce ?? int.MaxValue);
        var recovered = opening.Unbroken;
        var waiting = _waiting.ToArray();
        _waiting.Clear();
        foreach (var call in waiting)
        {
            call.Waiting = null;
            var mayRepeat = call.Again switch
            {
                Again.Recovered => call.Room is { } room && recovered.Contains(room),
                Again.OnSameNode => opening.IsOnSameNode,
                _ => true,
            };
            if (call.WasSent && !mayRepeat)
                call.Completion.TrySetException(RealtimeClientException.Disconnected());
            else
                SendOrWait(call);
        }
    }

    /// <summary>The connection is gone: what was under way fails, except for what may be sent again.</summary>
    /// <param name="comesBack">Whether another connection is on its way.</param>
    /// <param name="cause">What ended it.</param>
    public void Disconnected(bool comesBack, Exception? cause)
    {
        _hub = null;
        var lost = _flying.OrderBy(call => call.Order).ToArray();
        _flying.Clear();
        _boundedFlying = 0;
        LinkedListNode<Call>? last = null; // what was sent before goes before what was not
        foreach (var call in lost)
        {
            if (call.Again != Again.Never && comesBack)
                last = call.Waiting = last is null ? _waiting.AddFirst(call) : _waiting.AddAfter(last, call);
            else
                call.Completion.TrySetException(RealtimeClientException.Disconnected(cause));
        }
    }

    /// <summary>Nothing is sent any more: all calls fail.</summary>
    public void End()
    {
        _isOver = true;
        Disconnected(comesBack: false, null);
        foreach (var call in _waiting)
            call.Completion.TrySetException(RealtimeClientException.Disconnected());
        _waiting.Clear();
    }

    private void SendOrWait(Call call)
    {
        if (_hub is { } hub && !(call.IsBounded && _boundedFlying >= _atOnce))
            Send(hub, call);
        else
            call.Waiting = _waiting.AddLast(call);
    }

    private void Send(IHub hub, Call call)
    {
        _flying.Add(call);
        call.WasSent = true;
        call.Order = ++_sent;
        if (call.IsBounded)
            _boundedFlying++;
        _ = FinishAsync(hub, call, hub.InvokeAsync(call.Method, call.Arguments));
    }

    private async Task FinishAsync(IHub hub, Call call, Task<JsonElement> invocation)
    {
        JsonElement answer;
        try
        {
            answer = await invocation;
        }
        catch (HubException refusal)
        {
            lock (gate)
                if (_hub == hub)
                    Settle(call, () => call.Completion.TrySetException(RealtimeClientException.From(refusal)));
            return;
        }
        catch (Exception)
        {
            return; // the connection is what failed: its end is noticed by itself, and `Disconnected` decides what becomes of the call
        }
        lock (gate)
        {
            if (_hub != hub || !_flying.Contains(call))
                return;
            try
            {
                call.Answered?.Invoke(answer);
            }
            catch (JsonException e)
            {
                Settle(call, () => call.Completion.TrySetException(e));
                return;
            }
            Settle(call, () => call.Completion.TrySetResult(answer));
        }
    }

    private void Settle(Call call, Func<bool> complete)
    {
        lock (gate)
        {
            if (call.Waiting is { List: not null } place)
                _waiting.Remove(place);
            call.Waiting = null;
            Landed(call);
            complete();
        }
    }

    // A call is no longer under way: the next one that waited for this has its turn.
    private void Landed(Call call)
    {
        if (!_flying.Remove(call) || !call.IsBounded)
            return;
        _boundedFlying--;
        // While there is a connection, only bounded calls wait.
        if (_hub is not { } hub || _waiting.First is not { } next)
            return;
        _waiting.RemoveFirst();
        next.Value.Waiting = null;
        Send(hub, next.Value);
    }
}
