using System.Buffers;
using Microsoft.AspNetCore.Connections;

namespace Realtime.Web.Transport.Frames;

/// <summary>
/// One WebSocket message, ready for the wire: its header and the hub messages that it carries. What a server sends is not
/// masked, so the same bytes go to every receiver: encode once, write to all. It never changes, and what waits
/// in the queue of a slow receiver is this very object, not a copy.
/// </summary>
public sealed class Frame
{
    private readonly byte[] _bytes;
    private readonly int _headerSize;

    private Frame(byte[] bytes, int headerSize) => (_bytes, _headerSize) = (bytes, headerSize);

    /// <summary>The whole frame.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes;

    /// <summary>The hub messages without the header, for transports other than this one.</summary>
    public ReadOnlyMemory<byte> Messages => _bytes.AsMemory(_headerSize);

    /// <summary>Makes a frame of encoded hub messages, one or several: every stock client accepts that.</summary>
    /// <param name="format">Text for the JSON protocol, binary for MessagePack.</param>
    /// <param name="messages">Whole messages, with the separators or length prefixes of their protocol. They are copied.</param>
    public static Frame Encode(TransferFormat format, ReadOnlySpan<byte> messages)
    {
        var frame = Allocate(format, messages.Length);
        messages.CopyTo(frame.Payload);
        return frame;
    }

    /// <summary>Makes a frame whose messages are written right into its place.</summary>
    /// <param name="format">Text for the JSON protocol, binary for MessagePack.</param>
    /// <param name="length">How many bytes the messages take.</param>
    /// <param name="state">What <paramref name="write"/> needs.</param>
    /// <param name="write">Fills the span with whole messages.</param>
    public static Frame Create<TState>(TransferFormat format, int length, TState state, SpanAction<byte, TState> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        var frame = Allocate(format, length);
        write(frame.Payload, state);
        return frame;
    }

    /// <summary>The opcode of messages in this format.</summary>
    internal static Opcode OpcodeOf(TransferFormat format) => format == TransferFormat.Binary ? Opcode.Binary : Opcode.Text;

    private Span<byte> Payload => _bytes.AsSpan(_headerSize);

    private static Frame Allocate(TransferFormat format, int length)
    {
        var headerSize = FrameHeader.ServerSize(length);
        var bytes = GC.AllocateUninitializedArray<byte>(headerSize + length);
        FrameHeader.Write(bytes, OpcodeOf(format), length);
        return new Frame(bytes, headerSize);
    }
}
