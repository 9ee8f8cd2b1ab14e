using System.Buffers.Binary;

namespace Realtime.Bench.Clients;

/// <summary>RFC 6455 framing, as much of it as a client needs.</summary>
internal static class WebSocketFrames
{
    internal const int Continuation = 0, Text = 1, Binary = 2, Close = 8, Ping = 9, Pong = 10;

    /// <summary>
    /// One masked frame. The key is zero: masking keeps scripts from talking to proxies in disguise, and here is neither.
    /// </summary>
    internal static byte[] Encode(int opcode, ReadOnlySpan<byte> payload)
    {
        var extra = payload.Length < 126 ? 0 : payload.Length <= ushort.MaxValue ? 2 : 8;
        var frame = new byte[2 + extra + 4 + payload.Length];
        frame[0] = (byte)(0x80 | opcode);
        frame[1] = (byte)(0x80 | (extra switch { 0 => payload.Length, 2 => 126, _ => 127 }));
        if (extra == 2)
            BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(2), (ushort)payload.Length);
        else if (extra == 8)
            BinaryPrimitives.WriteInt64BigEndian(frame.AsSpan(2), payload.Length);
        payload.CopyTo(frame.AsSpan(2 + extra + 4));
        return frame;
    }

    /// <summary>Takes the first frame of a server off the data; false if it is not all there yet.</summary>
    internal static bool TryTake(ref ReadOnlySpan<byte> data, out bool last, out int opcode, out ReadOnlySpan<byte> payload)
    {
        payload = default;
        (last, opcode) = (false, 0);
        if (data.Length < 2)
            return false;
        var (length, head) = ((long)(data[1] & 0x7F), 2);
        if (length == 126)
        {
            if (data.Length < 4)
                return false;
            (length, head) = (BinaryPrimitives.ReadUInt16BigEndian(data[2..]), 4);
        }
        else if (length == 127)
        {
            if (data.Length < 10)
                return false;
            (length, head) = (BinaryPrimitives.ReadInt64BigEndian(data[2..]), 10);
        }

        if (data.Length - head < length)
            return false;
        (last, opcode) = ((data[0] & 0x80) != 0, data[0] & 0x0F);
        payload = data.Slice(head, (int)length);
        data = data[(head + (int)length)..];
        return true;
    }
}
