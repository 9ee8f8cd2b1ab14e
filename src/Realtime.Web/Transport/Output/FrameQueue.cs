using System.Buffers.Binary;
using System.Diagnostics;
using System.IO.Pipelines;
using Realtime.Actors.Dispatching;
using Realtime.Web.Transport.Frames;

namespace Realtime.Web.Transport.Output;

/// <summary>
/// All that leaves on one connection, whole frame by whole frame, whoever writes it: the hub, the fan-out, the answers to
/// pings, the close frame. As long as the network takes everything at once there is no queue, no task and no
/// allocation; a frame is sent by the thread that brings it, at once or at the end of its <see cref="Round"/>. When the network
/// does not, frames wait in order and a loop sends them on.
/// </summary>
internal sealed partial class FrameQueue(Wire wire, long maxQueuedBytes, IQueueOwner connection) : IFrameWriter
{
    private readonly Lock _gate = new();

    private Wire _wire = wire;
    private Queue<Piece>? _waiting;                             // not null while a send is under way
    private Piece _putOff;                                      // for the end of the round, if nothing follows before that
    private FlushWaiter? _flush;
    private DrainWaiters? _drains;
    private long _accepted;                                     // positions in the stream of bytes
    private long _taken;
    private long _sendingSince;
    private bool _cancelsNextFlush;
    private bool _isClosed;
    private bool _isBroken;

    /// <inheritdoc/>
    public long QueuedBytes => Math.Max(0, Volatile.Read(ref _accepted) - Volatile.Read(ref _taken));

    /// <summary>
    /// Goes over to another wire if nothing was written yet; else bytes that are still on their way through the first one
    /// could come out behind later ones.
    /// </summary>
    public void Use(Wire other)
    {
        lock (_gate)
        {
            if (_accepted == 0)
            {
                _wire = other;
            }
        }
    }

    /// <inheritdoc/>
    public FrameResult Write(Frame frame) => Write(Piece.Of(frame));

    /// <inheritdoc/>
    public FrameResult WriteRented(byte[] rented, int length) => Write(Piece.Joined(rented, length));

    private FrameResult Write(Piece piece)
    {
        lock (_gate)
        {
            if (_isClosed)
            {
                piece.Release();
                return FrameResult.Closed;
            }

            if (_waiting is not null && _accepted - _taken + piece.Bytes.Length > maxQueuedBytes)
            {
                return FrameResult.Full;
            }

            if (_waiting is null && _putOff.IsNone && Round.PutOff(this))
            {
                Accept(piece);
                _putOff = piece;
                return FrameResult.Sent;
            }

            return Send(piece) ? FrameResult.Sent : _isBroken ? FrameResult.Closed : FrameResult.Queued;
        }
    }

    /// <summary>Sends or queues what the hub wrote. Completes when the network has taken it.</summary>
    public ValueTask<FlushResult> FlushAsync(Piece piece, CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (_isClosed)
            {
                piece.Release();
            }
            else if (!Send(piece) && !_isBroken && !_cancelsNextFlush)
            {
                _flush ??= new FlushWaiter();
                return _flush.WaitAsync(_accepted, this, cancellation);
            }

            return new ValueTask<FlushResult>(FlushResult());
        }
    }

    /// <summary>A flush of nothing.</summary>
    public FlushResult Flush()
    {
        lock (_gate)
        {
            return FlushResult();
        }
    }

    /// <summary>Lets the waiting flush, or else the next one, return at once and say that it was canceled.</summary>
    public void CancelFlush()
    {
        lock (_gate)
        {
            if (_flush is { IsWaiting: true })
            {
                _flush.Cancel();
            }
            else
            {
                _cancelsNextFlush = true;
            }
        }
    }

    /// <summary>Fails the waiting flush, whose token was canceled; its frame stays where it is.</summary>
    public void FailFlush(CancellationToken cancellation)
    {
        lock (_gate)
        {
            _flush?.Fail(cancellation);
        }
    }

    /// <summary>Answers a ping.</summary>
    public void Pong(ReadOnlySpan<byte> payload)
    {
        lock (_gate)
        {
            if (!_isClosed)
            {
                Send(Piece.Copy(Opcode.Pong, payload));
            }
        }
    }

    /// <summary>Sends the close frame; nothing is accepted after it. Only the first call counts.</summary>
    /// <param name="code">Why.</param>
    /// <param name="dropsWaiting">
    /// Whether frames that wait are dropped, all but the one that is being sent: its rest must go out, or nothing could follow.
    /// </param>
    public void Close(ushort code, bool dropsWaiting = false)
    {
        Span<byte> payload = stackalloc byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16BigEndian(payload, code);
        lock (_gate)
        {
            if (_isClosed)
            {
                return;
            }

            _isClosed = true;
            if (dropsWaiting)
            {
                Drop();
            }

            Send(Piece.Copy(Opcode.Close, payload));
        }
    }

    /// <summary>Drops everything: the connection is gone.</summary>
    public void Break()
    {
        lock (_gate)
        {
            (_isBroken, _isClosed) = (true, true);
            Drop();
        }
    }

    /// <inheritdoc/>
    public ValueTask DrainAsync(CancellationToken cancellation = default)
    {
        lock (_gate)
        {
            if (_taken >= _accepted || _isBroken)
            {
                return ValueTask.CompletedTask;
            }

            return (_drains ??= new DrainWaiters()).WaitAsync(_accepted, cancellation);
        }
    }

    /// <inheritdoc/>
    public void Abort() => connection.Abort();

    /// <summary>Whether the same frame has been on its way for longer than this.</summary>
    public bool IsStuck(TimeSpan limit)
    {
        lock (_gate)
        {
            return _waiting is not null && Stopwatch.GetElapsedTime(_sendingSince) > limit;
        }
    }

    private FlushResult FlushResult()
    {
        var result = new FlushResult(isCanceled: _cancelsNextFlush, isCompleted: _isClosed);
        _cancelsNextFlush = false;
        return result;
    }
}
