namespace Realtime.Web.Transport.Output;

/// <summary>Those who wait until the network has taken all bytes up to some position. Guarded by its queue's lock.</summary>
internal sealed class DrainWaiters
{
    private readonly List<(long Position, TaskCompletionSource Drained)> _waiting = [];

    /// <summary>Waits for a position.</summary>
    public ValueTask WaitAsync(long position, CancellationToken cancellation)
    {
        // Continuations are other people's code: never within the lock of the queue.
        var drained = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting.Add((position, drained));
        return new ValueTask(drained.Task.WaitAsync(cancellation));
    }

    /// <summary>Lets those go on whose position is reached.</summary>
    public void Release(long taken)
    {
        for (var i = _waiting.Count - 1; i >= 0; i--)
        {
            if (taken >= _waiting[i].Position)
            {
                _waiting[i].Drained.TrySetResult();
                _waiting.RemoveAt(i);
            }
        }
    }
}
