using System.Buffers;
using Realtime.Web.Transport.Frames;

namespace Realtime.Web.Transport.Output;

/// <summary>One frame on its way out, or several one behind the other, and the pooled array that they lie in, if any.</summary>
internal readonly struct Piece
{
    private readonly byte[]? _rented;
    private readonly ArrayPool<byte>? _owner;

    private Piece(ReadOnlyMemory<byte> bytes, byte[]? rented = null, ArrayPool<byte>? owner = null) =>
        (Bytes, _rented, _owner) = (bytes, rented, owner);

    /// <summary>The whole frame or frames.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Whether this is nothing at all.</summary>
    public bool IsNone => Bytes.IsEmpty;

    /// <summary>A frame that others share.</summary>
    public static Piece Of(Frame frame) => new(frame.Bytes);

    /// <summary>A frame in an array from the shared pool, which it now owns.</summary>
    public static Piece Owning(byte[] rented, int start, int length) =>
        new(rented.AsMemory(start, length), rented, ArrayPool<byte>.Shared);

    /// <summary>Frames in an array from <see cref="IFrameWriter.Arrays"/>, which it now owns.</summary>
    public static Piece Joined(byte[] rented, int length) => new(rented.AsMemory(0, length), rented, IFrameWriter.Arrays);

    /// <summary>A frame of this payload, copied.</summary>
    public static Piece Copy(Opcode opcode, ReadOnlySpan<byte> payload)
    {
        var headerSize = FrameHeader.ServerSize(payload.Length);
        var rented = ArrayPool<byte>.Shared.Rent(headerSize + payload.Length);
        FrameHeader.Write(rented, opcode, payload.Length);
        payload.CopyTo(rented.AsSpan(headerSize));
        return Owning(rented, start: 0, headerSize + payload.Length);
    }

    /// <summary>Gives the array back; once, and only when nobody can still be reading it.</summary>
    public void Release()
    {
        if (_rented is not null)
        {
            _owner!.Return(_rented);
        }
    }
}
