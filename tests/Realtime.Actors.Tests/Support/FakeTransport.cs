using System.Collections.Concurrent;
using Realtime.Actors.Sessions;
using Envelope = Realtime.Actors.Delivery.Envelope;

namespace Realtime.Actors.Tests.Support;

/// <summary>A frame that can be read again.</summary>
internal sealed class FakeFrame(IReadOnlyList<string> lines, int length) : Frame
{
    public IReadOnlyList<string> Lines { get; } = lines;

    public override int Length { get; } = length;
}

/// <summary>Writes each message as <c>room:seq</c>, and counts how often it is asked.</summary>
internal sealed class FakeFormat : FrameFormat
{
    private int _encodings;

    public int Encodings => _encodings;

    public override Frame Encode(FeedId feed, long epoch, ReadOnlySpan<Envelope> messages)
    {
        Interlocked.Increment(ref _encodings);
        var (lines, length) = (new List<string>(), 0);
        foreach (var message in messages)
        {
            lines.Add($"{feed.EntityId}:{message.Seq}");
            length += message.Data.Length;
        }
        return new FakeFrame(lines, length);
    }

    public override Frame EncodeDirect(EventName name, ReadOnlyMemory<byte> data) => new FakeFrame([$"direct:{name}"], data.Length);

    public override Frame EncodeMissed(FeedId feed, Position position) => new FakeFrame([$"missed {feed.EntityId}:{position.Seq}"], 1);
}

/// <summary>A connection that keeps what it is given, and takes its time when the test says so.</summary>
internal sealed class FakeTransport(FakeFormat? format = null) : ISocketTransport
{
    private readonly ConcurrentQueue<FakeFrame> _frames = new();
    private volatile TaskCompletionSource? _slow;

    public FrameFormat Format { get; } = format ?? new FakeFormat();

    public CloseReason? Closed { get; private set; }

    public bool ThrowsAtOnce { get; set; }

    public string[] Lines => [.. _frames.SelectMany(frame => frame.Lines)];

    public int Writes => _frames.Count;

    /// <summary>How many frames came in each of the writes that had several.</summary>
    public ConcurrentQueue<int> Gathered { get; } = new();

    /// <summary>Called with the first write, from within it.</summary>
    public Action? AtFirst { get; set; }

    /// <summary>Whether writes of several frames do not finish.</summary>
    public bool IsSlowWhenGathered { get; set; }

    /// <summary>Writes do not finish from now on.</summary>
    public void BeSlow() => _slow = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The write under way finishes, and those that follow at once.</summary>
    public void Drain()
    {
        var slow = _slow;
        _slow = null;
        slow?.SetResult();
    }

    public ValueTask WriteAsync(Frame frame)
    {
        if (ThrowsAtOnce)
            throw new InvalidOperationException("This connection is broken.");
        _frames.Enqueue((FakeFrame)frame);
        var first = AtFirst;
        AtFirst = null;
        first?.Invoke();
        return _slow is { } slow ? new ValueTask(slow.Task) : ValueTask.CompletedTask;
    }

    public async ValueTask WriteAsync(IReadOnlyList<Frame> frames)
    {
        if (IsSlowWhenGathered)
            BeSlow();
        Gathered.Enqueue(frames.Count);
        foreach (var frame in frames)
            await WriteAsync(frame);
    }

    public void Close(CloseReason reason) => Closed = reason;
}
