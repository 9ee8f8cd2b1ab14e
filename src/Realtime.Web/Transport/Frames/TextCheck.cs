using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Realtime.Web.Transport.Frames;

/// <summary>
/// Checks that a text message is valid UTF-8 while it arrives in pieces, which may end within a character
/// (RFC 6455, section 8.1). It fails with the first byte that no continuation could make valid.
/// </summary>
internal struct TextCheck
{
    private const int MaxCharacter = 4;

    private uint _begun;        // the bytes of a character that the last piece ended within, first byte lowest
    private int _begunCount;

    /// <summary>Whether all pieces so far end with a whole character.</summary>
    public readonly bool IsComplete => _begunCount == 0;

    /// <summary>Takes the next piece. False: the message is not valid, whatever follows.</summary>
    public bool Accept(ReadOnlySpan<byte> piece)
    {
        if (_begunCount > 0 && !FinishCharacter(ref piece))
        {
            return false;
        }

        var tail = LengthOfBegunCharacter(piece);
        if (!Utf8.IsValid(piece[..^tail]))
        {
            return false;
        }

        for (var i = piece.Length - tail; i < piece.Length; i++)
        {
            Remember(piece[i]);
        }

        return true;
    }

    private bool FinishCharacter(ref ReadOnlySpan<byte> piece)
    {
        Span<byte> character = stackalloc byte[MaxCharacter];
        while (!piece.IsEmpty)
        {
            Remember(piece[0]);
            piece = piece[1..];
            for (var i = 0; i < _begunCount; i++)
            {
                character[i] = (byte)(_begun >> (8 * i));
            }

            switch (Rune.DecodeFromUtf8(character[.._begunCount], out _, out _))
            {
                case OperationStatus.Done:
                    (_begun, _begunCount) = (0, 0);
                    return true;
                case OperationStatus.InvalidData:
                    return false;
            }
        }

        return true;
    }

    private void Remember(byte next) => _begun |= (uint)next << (8 * _begunCount++);

    private static int LengthOfBegunCharacter(ReadOnlySpan<byte> piece)
    {
        for (var length = 1; length < MaxCharacter && length <= piece.Length; length++)
        {
            var isContinuation = (piece[^length] & 0xC0) == 0x80;
            if (!isContinuation)
            {
                return Rune.DecodeFromUtf8(piece[^length..], out _, out _) == OperationStatus.NeedMoreData ? length : 0;
            }
        }

        return 0;
    }
}
