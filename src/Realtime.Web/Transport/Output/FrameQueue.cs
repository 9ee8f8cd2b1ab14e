using System.Buffers.Binary;
using System.Diagnostics;
using System.IO.Pipelines;
using Realtime.Web.Transport.Frames;

namespace Realtime.Web.Transport.Output;

/// <summary>
/// All that leaves on one connection, whole frame by whole frame, whoever writes it: the hub, the fan-out, the answers to
/// pings, the close frame. As long as the network takes everything at once there is no queue, no task and no
/// allocation; a frame is sent by the thread that brings it. When it does not, frames wait in order and a loop
/// sends them on.
/// </summary>
internal sealed class FrameQueue(Wire wire, long maxQueuedBytes, Action<Exception> broken)
{
    private readonly Lock _gate = new();

    private Wire _wire = wire;
    private Queue<Piece>? _waiting;                             // not null while a send is under way
    private FlushWaiter? _flush;
    private DrainWaiters? _drains;
    private long _accepted;                                     // positions in the stream of bytes
    private long _taken;
    private long _sendingSince;
    private bool _cancelsNextFlush;
    private bool _isClosed;
    private bool _isBroken;

    /// <summary>How many bytes were accepted that the network has not taken yet.</summary>
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

    /// <summary>Sends or queues a frame that others share, unless too much waits already.</summary>
    public FrameResult Write(Frame frame) => Write(Piece.Of(frame));

    /// <summary>The same for frames in an array from the pool, which stays the caller's when too much waits.</summary>
    public FrameResult WriteRented(byte[] rented, int length) => Write(Piece.Owning(rented, 0, length));

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

    /// <summary>Completes when the network has taken all that was accepted before, or nothing can be sent any more.</summary>
    public ValueTask DrainAsync(CancellationToken cancellation)
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

    /// <summary>Whether the same frame has been on its way for longer than this.</summary>
    public bool IsStuck(TimeSpan limit)
    {
        lock (_gate)
        {
            return _waiting is not null && Stopwatch.GetElapsedTime(_sendingSince) > limit;
        }
    }

    /// <summary>True: sent. False: it waits, or the connection broke.</summary>
    private bool Send(Piece piece)
    {
        Volatile.Write(ref _accepted, _accepted + piece.Bytes.Length);
        if (_waiting is not null)
        {
            _waiting.Enqueue(piece);
            return false;
        }

        try
        {
            var sending = _wire.SendAsync(piece.Bytes);
            if (!sending.IsCompleted)
            {
                _waiting = [];
                _sendingSince = Stopwatch.GetTimestamp();
                _ = SendOnAsync(sending, piece);

                // It may have been taken between the look and the wait: then nobody would wake who waited for it now.
                return _waiting is null && !_isBroken;
            }

            sending.GetAwaiter().GetResult(); // it has completed: this waits for nothing, but throws what went wrong
        }
        catch (Exception e)
        {
            Break();
            broken(e);
            return false;
        }

        Volatile.Write(ref _taken, _accepted);
        piece.Release();
        return true;
    }

    private async Task SendOnAsync(ValueTask sending, Piece piece)
    {
        try
        {
            do
            {
                await sending.ConfigureAwait(false);
            }
            while (SendNext(ref piece, out sending));
        }
        catch (Exception e)
        {
            // Whatever it is, the frame is torn: nothing can follow it. Its array is not given back, for it may be in use.
            Break();
            broken(e);
        }
    }

    private bool SendNext(ref Piece piece, out ValueTask sending)
    {
        lock (_gate)
        {
            Volatile.Write(ref _taken, _taken + piece.Bytes.Length);
            piece.Release();
            ReleaseWaiters();
            if (_waiting!.TryDequeue(out piece))
            {
                _sendingSince = Stopwatch.GetTimestamp();
                sending = _wire.SendAsync(piece.Bytes);
                return true;
            }

            (_waiting, sending) = (null, default);
            return false;
        }
    }

    private void Drop()
    {
        while (_waiting is not null && _waiting.TryDequeue(out var piece))
        {
            Volatile.Write(ref _accepted, _accepted - piece.Bytes.Length);
            piece.Release();
        }

        ReleaseWaiters();
    }

    private void ReleaseWaiters()
    {
        // Who waits for what was dropped waits for nothing.
        var released = _isBroken || _taken >= _accepted ? long.MaxValue : _taken;
        _flush?.Release(released, isCompleted: _isClosed);
        _drains?.Release(released);
    }

    private FlushResult FlushResult()
    {
        var result = new FlushResult(isCanceled: _cancelsNextFlush, isCompleted: _isClosed);
        _cancelsNextFlush = false;
        return result;
    }
}
