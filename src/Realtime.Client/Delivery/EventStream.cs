using System.Threading.Channels;

namespace Realtime.Client.Delivery;

/// <summary>
/// Events for one reader. Listens from the moment it is made, so that nothing is missed between asking for it and reading it.
/// A reader that is too far behind gets what is kept, and then an error.
/// </summary>
internal sealed class EventStream<T>(int capacity, Func<Frame, T> read, Action<IListener> stop) : IListener, IAsyncEnumerable<T>
{
    // A full channel refuses a write; nothing is ever dropped from it.
    private readonly Channel<Frame> _frames = Channel.CreateBounded<Frame>(new BoundedChannelOptions(capacity) { SingleReader = true });
    private int _readers;

    public void Hear(Frame frame)
    {
        if (_frames.Writer.TryWrite(frame))
            return;
        stop(this);
        _frames.Writer.TryComplete(new RealtimeClientException(ClientErrorCodes.Overflow, $"The reader of this stream was {capacity} events behind."));
    }

    public void End() => _frames.Writer.TryComplete();

    public async IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        if (Interlocked.Increment(ref _readers) > 1)
            throw new InvalidOperationException("A stream of events has one reader: ask for another stream.");
        try
        {
            await foreach (var frame in _frames.Reader.ReadAllAsync(cancellationToken))
                yield return read(frame);
        }
        finally
        {
            stop(this);
        }
    }
}
