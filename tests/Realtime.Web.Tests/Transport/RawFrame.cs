using System.Buffers.Binary;
using System.Text;

namespace Realtime.Web.Tests.Transport;

/// <summary>A frame with every bit in the caller's hands, valid or not (RFC 6455, section 5.2).</summary>
public sealed record RawFrame(int Opcode, byte[] Payload)
{
    public const int Continuation = 0;
    public const int Text = 1;
    public const int Binary = 2;
    public const int Close = 8;
    public const int Ping = 9;
    public const int Pong = 10;

    public bool IsFinal { get; init; } = true;

    public int ReservedBits { get; init; }

    public byte[]? Mask { get; init; } = [0x11, 0xA2, 0x33, 0xC4];

    /// <summary>The length that the header states, if not that of the payload.</summary>
    public long? StatedLength { get; init; }

    public string PayloadText => Encoding.UTF8.GetString(Payload);

    public static RawFrame OfText(string text) => new(Text, Encoding.UTF8.GetBytes(text));

    public static RawFrame OfClose(int code, string reason = "")
    {
        var payload = new byte[2 + Encoding.UTF8.GetByteCount(reason)];
        BinaryPrimitives.WriteUInt16BigEndian(payload, (ushort)code);
        Encoding.UTF8.GetBytes(reason, payload.AsSpan(2));
        return new(Close, payload);
    }

    public byte[] ToBytes()
    {
        var bytes = new List<byte> { (byte)((IsFinal ? 0x80 : 0) | (ReservedBits << 4) | Opcode) };
        var length = StatedLength ?? Payload.Length;
        var maskBit = Mask is null ? 0 : 0x80;
        Span<byte> number = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(number, length);
        switch (length)
        {
            case >= 0 and < 126:
                bytes.Add((byte)(maskBit | (int)length));
                break;
            case >= 0 and <= ushort.MaxValue:
                bytes.Add((byte)(maskBit | 126));
                bytes.AddRange(number[6..]);
                break;
            default:
                bytes.Add((byte)(maskBit | 127));
                bytes.AddRange(number);
                break;
        }

        bytes.AddRange(Mask ?? []);
        for (var i = 0; i < Payload.Length; i++)
        {
            bytes.Add((byte)(Payload[i] ^ (Mask is null ? 0 : Mask[i % 4])));
        }

        return [.. bytes];
    }
}
