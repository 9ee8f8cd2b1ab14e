using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Realtime.Web.Transport.Frames;

namespace Realtime.Web.Transport.Output;

/// <summary>
/// What the hub writes to. Each flush is one WebSocket message: its bytes are written behind the room for a header, and the
/// frame goes out from where it lies. Between flushes it holds no buffer.
/// </summary>
internal sealed class HubOutput(FrameQueue queue, ITransferFormatFeature format) : PipeWriter
{
    private const int SmallestBuffer = 512;

    private byte[]? _buffer;
    private int _written;       // bytes of payload, behind the room for the header
    private bool _isCompleted;

    /// <summary>What the hub's application ended with, if it completed its output with an error.</summary>
    public Exception? Error { get; private set; }

    public override bool CanGetUnflushedBytes => true;

    public override long UnflushedBytes => _written;

    public override Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _buffer.AsMemory(FrameHeader.MaxServerSize + _written);
    }

    public override Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _buffer.AsSpan(FrameHeader.MaxServerSize + _written);
    }

    public override void Advance(int bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes, (_buffer?.Length ?? 0) - FrameHeader.MaxServerSize - _written);
        _written += bytes;
    }

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<FlushResult>(cancellationToken);
        }

        return _written == 0
            ? new ValueTask<FlushResult>(queue.Flush())
            : queue.FlushAsync(TakeFrame(), cancellationToken);
    }

    public override void CancelPendingFlush() => queue.CancelFlush();

    public override void Complete(Exception? exception = null)
    {
        // A buffer that is left goes to the garbage collector, not to the pool: a late write could still be in it.
        _isCompleted = true;
        Error ??= exception;
    }

    private Piece TakeFrame()
    {
        var opcode = Frame.OpcodeOf(format.ActiveFormat);
        var start = FrameHeader.MaxServerSize - FrameHeader.ServerSize(_written);
        FrameHeader.Write(_buffer.AsSpan(start), opcode, _written);
        var piece = Piece.Owning(_buffer!, start, FrameHeader.MaxServerSize + _written - start);
        (_buffer, _written) = (null, 0);
        return piece;
    }

    private void Reserve(int sizeHint)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sizeHint);
        if (_isCompleted)
        {
            throw new InvalidOperationException("The output was completed.");
        }

        var used = FrameHeader.MaxServerSize + _written;
        var needed = checked(used + Math.Max(sizeHint, 1));
        if (_buffer is not null && _buffer.Length >= needed)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, Math.Max(SmallestBuffer, 2 * used)));
        if (_buffer is not null)
        {
            _buffer.AsSpan(0, used).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
        }

        _buffer = larger;
    }
}
