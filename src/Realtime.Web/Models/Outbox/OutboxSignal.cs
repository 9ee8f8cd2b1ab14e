using System.Threading.Channels;

namespace Realtime.Web.Models.Outbox;

/// <summary>Tells the dispatcher of this process that a commit left something in the outbox.</summary>
internal sealed class OutboxSignal<TContext>
{
    private readonly Channel<bool> _raised = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    public void Raise() => _raised.Writer.TryWrite(true);

    /// <summary>Completes at the next signal, at once if one came since the last wait, or when the time is over.</summary>
    public async Task WaitAsync(TimeSpan atMost, TimeProvider time, CancellationToken cancellation)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var pause = Task.Delay(atMost, time, either.Token);
        await Task.WhenAny(_raised.Reader.WaitToReadAsync(either.Token).AsTask(), pause);
        await either.CancelAsync();
        _raised.Reader.TryRead(out _);
        cancellation.ThrowIfCancellationRequested();
    }
}
