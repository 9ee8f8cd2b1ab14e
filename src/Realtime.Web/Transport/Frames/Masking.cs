using System.Numerics;
using System.Runtime.InteropServices;

namespace Realtime.Web.Transport.Frames;

/// <summary>Takes the mask off a client's payload (RFC 6455, section 5.3) while copying it.</summary>
internal static class Masking
{
    /// <summary>Copies with the mask taken off, a vector at a time.</summary>
    /// <param name="source">Masked bytes.</param>
    /// <param name="destination">Has room for all of them.</param>
    /// <param name="mask">The mask, as it stood in the header.</param>
    /// <param name="position">How many bytes of the payload came before <paramref name="source"/>.</param>
    public static void CopyUnmasked(ReadOnlySpan<byte> source, Span<byte> destination, uint mask, long position)
    {
        destination = destination[..source.Length];

        // Turned so that its first byte in memory belongs to the first byte of the source.
        var shift = (int)(position & 3) * 8;
        mask = BitConverter.IsLittleEndian ? BitOperations.RotateRight(mask, shift) : BitOperations.RotateLeft(mask, shift);

        var from = MemoryMarshal.Cast<byte, Vector<byte>>(source);
        var to = MemoryMarshal.Cast<byte, Vector<byte>>(destination);
        var masks = Vector.AsVectorByte(new Vector<uint>(mask));
        for (var i = 0; i < from.Length; i++)
        {
            to[i] = from[i] ^ masks;
        }

        // A vector holds whole masks, so the rest begins with the mask's first byte again.
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        MemoryMarshal.Write(bytes, mask);
        for (var i = from.Length * Vector<byte>.Count; i < source.Length; i++)
        {
            destination[i] = (byte)(source[i] ^ bytes[i & 3]);
        }
    }
}
