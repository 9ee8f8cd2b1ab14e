using System.Buffers;

namespace Realtime.Web.Transport.Frames;

/// <summary>
/// Takes a client's frames apart: unmasked payload goes straight to where the hub reads, control frames are handed to
/// the caller. It keeps no bytes, so an idle connection costs none; what is not whole yet stays with the input.
/// </summary>
internal struct FrameReader
{
    /// <summary>
    /// A frame's payload is passed on when it is whole or when this many bytes are there, as in the stock transport: a
    /// hub must not act on the first half of a small frame whose second half is invalid or never comes.
    /// </summary>
    public const int PassOnBytes = 4096;

    /// <summary>How much payload a control frame can have (RFC 6455, section 5.5).</summary>
    public const int MaxControlLength = 125;

    private FrameHeader _header;
    private TextCheck _text;
    private long _passedOn;
    private bool _isInFrame;
    private bool _isInMessage;
    private bool _isText;

    /// <summary>Reads at most one frame, or a part of a large one, and cuts it off the input.</summary>
    /// <param name="input">What has arrived and was not read yet.</param>
    /// <param name="payload">Where unmasked payload goes. The caller flushes.</param>
    /// <param name="control">In: room for <see cref="MaxControlLength"/> bytes. Out: the unmasked payload of a control frame.</param>
    public FrameReading Read(ref ReadOnlySequence<byte> input, IBufferWriter<byte> payload, ref Span<byte> control)
    {
        if (_isInFrame)
        {
            return ReadPayload(ref input, payload);
        }

        if (!TryReadHeader(input, out var header))
        {
            return FrameReading.Incomplete;
        }

        if (!IsValid(header))
        {
            return FrameReading.Violation;
        }

        if (header.IsControl)
        {
            return ReadControl(ref input, header, ref control);
        }

        input = input.Slice(header.Size);
        if (header.Opcode != Opcode.Continuation)
        {
            _isText = header.Opcode == Opcode.Text;
        }

        (_header, _passedOn, _isInFrame, _isInMessage) = (header, 0, true, true);
        return ReadPayload(ref input, payload);
    }

    private static bool TryReadHeader(in ReadOnlySequence<byte> input, out FrameHeader header)
    {
        if (input.FirstSpan.Length >= FrameHeader.MaxSize)
        {
            return FrameHeader.TryRead(input.FirstSpan, out header);
        }

        Span<byte> bytes = stackalloc byte[FrameHeader.MaxSize];
        var available = (int)Math.Min(input.Length, bytes.Length);
        input.Slice(0, available).CopyTo(bytes);
        return FrameHeader.TryRead(bytes[..available], out header);
    }

    private readonly bool IsValid(in FrameHeader header) =>
        header is { HasReservedBits: false, IsMasked: true, Length: >= 0 } && header.Opcode switch
        {
            Opcode.Continuation => _isInMessage,
            Opcode.Text or Opcode.Binary => !_isInMessage,
            Opcode.Close or Opcode.Ping or Opcode.Pong => header is { IsFinal: true, Length: <= MaxControlLength },
            _ => false,
        };

    private static FrameReading ReadControl(ref ReadOnlySequence<byte> input, in FrameHeader header, ref Span<byte> control)
    {
        var length = (int)header.Length;
        if (input.Length < header.Size + length)
        {
            return FrameReading.Incomplete;
        }

        control = control[..length];
        input.Slice(header.Size, length).CopyTo(control);
        Masking.CopyUnmasked(control, control, header.Mask, position: 0);
        input = input.Slice(header.Size + length);
        return header.Opcode switch
        {
            Opcode.Ping => FrameReading.Ping,
            Opcode.Pong => FrameReading.Pong,
            _ => FrameReading.Close,
        };
    }

    private FrameReading ReadPayload(ref ReadOnlySequence<byte> input, IBufferWriter<byte> payload)
    {
        var left = _header.Length - _passedOn;
        if (input.Length < left && input.Length < PassOnBytes)
        {
            return FrameReading.Incomplete;
        }

        var part = input.Slice(0, Math.Min(left, input.Length));
        input = input.Slice(part.End);
        foreach (var segment in part)
        {
            if (!PassOn(segment.Span, payload))
            {
                return FrameReading.InvalidText;
            }
        }

        if (_passedOn == _header.Length)
        {
            _isInFrame = false;
            if (_header.IsFinal)
            {
                _isInMessage = false;
                if (_isText && !_text.IsComplete)
                {
                    return FrameReading.InvalidText;
                }
            }
        }

        return FrameReading.Data;
    }

    private bool PassOn(ReadOnlySpan<byte> source, IBufferWriter<byte> payload)
    {
        while (!source.IsEmpty)
        {
            var destination = payload.GetSpan();
            var count = Math.Min(source.Length, destination.Length);
            destination = destination[..count];
            Masking.CopyUnmasked(source[..count], destination, _header.Mask, _passedOn);
            if (_isText && !_text.Accept(destination))
            {
                return false;
            }

            payload.Advance(count);
            source = source[count..];
            _passedOn += count;
        }

        return true;
    }
}
