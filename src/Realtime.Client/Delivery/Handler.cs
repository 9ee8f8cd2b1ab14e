namespace Realtime.Client.Delivery;

/// <summary>A method of the application that gets events, one after the other.</summary>
internal sealed class Handler<T>(Dispatcher dispatcher, Func<Frame, T> read, Func<T, ValueTask> handle) : IListener
{
    private volatile bool _isStopped;

    /// <summary>Events that wait for their turn are not handed over any more.</summary>
    public void Stop() => _isStopped = true;

    public void Hear(Frame frame) => dispatcher.Post(() => _isStopped ? ValueTask.CompletedTask : handle(read(frame)));

    public void End()
    {
    }
}
