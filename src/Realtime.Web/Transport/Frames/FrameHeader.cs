using System.Buffers.Binary;

namespace Realtime.Web.Transport.Frames;

/// <summary>The bytes in front of a frame's payload (RFC 6455, section 5.2).</summary>
internal readonly struct FrameHeader
{
    /// <summary>How long a header can be that a client sends: two bytes, eight of length, four of mask.</summary>
    public const int MaxSize = 14;

    /// <summary>How long a header can be that a server sends: it has no mask.</summary>
    public const int MaxServerSize = 10;

    private const byte FinalBit = 0x80;
    private const byte ReservedBits = 0x70;
    private const byte MaskBit = 0x80;

    /// <summary>Whether it is the last frame of its message.</summary>
    public required bool IsFinal { get; init; }

    /// <summary>Whether a bit is set that only an extension could give a meaning; none is ever agreed on.</summary>
    public required bool HasReservedBits { get; init; }

    /// <summary>What the frame carries; can be a value that the enumeration lacks.</summary>
    public required Opcode Opcode { get; init; }

    /// <summary>How many bytes of payload follow; negative if the client wrote a length above 2^63-1.</summary>
    public required long Length { get; init; }

    /// <summary>Whether the payload is masked, as each frame of a client must be.</summary>
    public required bool IsMasked { get; init; }

    /// <summary>The mask, in the byte order of this machine.</summary>
    public required uint Mask { get; init; }

    /// <summary>How many bytes the header itself takes.</summary>
    public required int Size { get; init; }

    /// <summary>Whether the frame is a close, ping or pong, or an unknown opcode of that range.</summary>
    public bool IsControl => ((byte)Opcode & 0x8) != 0;

    /// <summary>Reads a client's header. False: it is not whole yet.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out FrameHeader header)
    {
        header = default;
        if (bytes.Length < 2)
        {
            return false;
        }

        var (first, second) = (bytes[0], bytes[1]);
        var isMasked = (second & MaskBit) != 0;
        var maskAt = (second & 0x7F) switch { 126 => 4, 127 => 10, _ => 2 };
        var size = maskAt + (isMasked ? sizeof(uint) : 0);
        if (bytes.Length < size)
        {
            return false;
        }

        header = new FrameHeader
        {
            IsFinal = (first & FinalBit) != 0,
            HasReservedBits = (first & ReservedBits) != 0,
            Opcode = (Opcode)(first & 0x0F),
            IsMasked = isMasked,
            Mask = isMasked ? BitConverter.ToUInt32(bytes[maskAt..]) : 0,
            Size = size,
            Length = maskAt switch
            {
                4 => BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]),
                10 => BinaryPrimitives.ReadInt64BigEndian(bytes[2..]),
                _ => second & 0x7F,
            },
        };
        return true;
    }

    /// <summary>How many bytes <see cref="Write"/> takes for a payload of this length.</summary>
    public static int ServerSize(int length) => length switch { < 126 => 2, <= ushort.MaxValue => 4, _ => MaxServerSize };

    /// <summary>Writes the header of a final, unmasked frame, as a server sends it.</summary>
    /// <param name="destination">Has at least <see cref="ServerSize"/> bytes.</param>
    /// <param name="opcode">What the frame carries.</param>
    /// <param name="length">How many bytes of payload follow.</param>
    public static void Write(Span<byte> destination, Opcode opcode, int length)
    {
        destination[0] = (byte)(FinalBit | (byte)opcode);
        switch (ServerSize(length))
        {
            case 2:
                destination[1] = (byte)length;
                break;
            case 4:
                destination[1] = 126;
                BinaryPrimitives.WriteUInt16BigEndian(destination[2..], (ushort)length);
                break;
            default:
                destination[1] = 127;
                BinaryPrimitives.WriteUInt64BigEndian(destination[2..], (ulong)length);
                break;
        }
    }
}
