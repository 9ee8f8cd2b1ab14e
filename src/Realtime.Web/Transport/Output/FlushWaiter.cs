using System.IO.Pipelines;
using System.Threading.Tasks.Sources;

namespace Realtime.Web.Transport.Output;

/// <summary>The one flush of the hub's output that can be waiting for the network; used again for the next. Guarded by its queue's lock.</summary>
internal sealed class FlushWaiter : IValueTaskSource<FlushResult>
{
    // Continuations run hub code: never within the lock of the queue.
    private ManualResetValueTaskSourceCore<FlushResult> _core = new() { RunContinuationsAsynchronously = true };
    private CancellationTokenRegistration _registration;
    private long _position;

    /// <summary>Whether somebody waits.</summary>
    public bool IsWaiting { get; private set; }

    /// <summary>Waits until the network has taken all bytes up to a position.</summary>
    public ValueTask<FlushResult> WaitAsync(long position, FrameQueue queue, CancellationToken cancellation)
    {
        if (IsWaiting)
        {
            throw new InvalidOperationException("The previous flush has not completed.");
        }

        _core.Reset();
        (_position, IsWaiting) = (position, true);
        var version = _core.Version;
        _registration = cancellation.UnsafeRegister(static (queue, token) => ((FrameQueue)queue!).FailFlush(token), queue);
        return new ValueTask<FlushResult>(this, version);
    }

    /// <summary>Lets the waiting flush go on if its bytes are taken.</summary>
    public void Release(long taken, bool isCompleted)
    {
        if (IsWaiting && taken >= _position)
        {
            Finish();
            _core.SetResult(new FlushResult(isCanceled: false, isCompleted));
        }
    }

    /// <summary>Lets the waiting flush go on although its bytes still wait.</summary>
    public void Cancel()
    {
        Finish();
        _core.SetResult(new FlushResult(isCanceled: true, isCompleted: false));
    }

    /// <summary>Fails the waiting flush; its bytes stay accepted.</summary>
    public void Fail(CancellationToken cancellation)
    {
        if (IsWaiting)
        {
            Finish();
            _core.SetException(new OperationCanceledException(cancellation));
        }
    }

    FlushResult IValueTaskSource<FlushResult>.GetResult(short token) => _core.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<FlushResult>.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource<FlushResult>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    private void Finish()
    {
        IsWaiting = false;
        _registration.Unregister();
        _registration = default;
    }
}
