using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace Realtime.Client.Tests.Support;

/// <summary>A clock that a test moves, and that tells which waits were begun by it.</summary>
internal sealed class WatchedTime : FakeTimeProvider
{
    private readonly Channel<TimeSpan> _waits = Channel.CreateUnbounded<TimeSpan>();

    /// <summary>The next wait that is begun, but for those that bound how long something may take.</summary>
    public async Task<TimeSpan> NextWaitAsync()
    {
        while (true)
            if (await _waits.Reader.ReadAsync().AsTask().WaitAsync(Eventually.Patience) is var wait && wait < TimeSpan.FromSeconds(20))
                return wait;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        _waits.Writer.TryWrite(dueTime);
        return timer;
    }
}
