namespace Realtime.Actors.Sessions;

/// <summary>What waits for a connection that does not take more at the moment. Frames are shared, so waiting costs a reference.</summary>
internal sealed class Outbox(SessionOptions options)
{
    private readonly Queue<Frame> _frames = new();

    /// <summary>What waits, in bytes.</summary>
    public long Bytes { get; private set; }

    public int Count => _frames.Count;

    public bool IsEmpty => _frames.Count == 0;

    /// <summary>Takes a frame; false when the connection is to be given up instead.</summary>
    public bool Add(Frame frame)
    {
        if (!IsOver(frame))
        {
            Push(frame);
            return true;
        }
        switch (options.SlowConsumer)
        {
            case SlowConsumerPolicy.DropNewest:
                NoteDrop();
                return true;
            case SlowConsumerPolicy.DropOldest:
                while (IsOver(frame) && !IsEmpty)
                {
                    Take();
                    NoteDrop();
                }
                Push(frame);
                return true;
            default:
                return false;
        }
    }

    public Frame Take()
    {
        var frame = _frames.Dequeue();
        Bytes -= frame.Length;
        return frame;
    }

    public void Clear()
    {
        _frames.Clear();
        Bytes = 0;
    }

    private void NoteDrop() => ActorMetrics.SlowConsumers.Add(1, ActorMetrics.Policy(options.SlowConsumer));

    private bool IsOver(Frame frame) =>
        _frames.Count >= options.MaxQueuedFrames || Bytes + frame.Length > options.MaxQueuedBytes;

    private void Push(Frame frame)
    {
        _frames.Enqueue(frame);
        Bytes += frame.Length;
    }
}
