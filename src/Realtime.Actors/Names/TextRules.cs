using System.Text;

namespace Realtime.Actors.Names;

/// <summary>What every name has to be: some text, well-formed, and within a number of UTF-8 bytes.</summary>
internal static class TextRules
{
    /// <summary>Returns what is wrong with <paramref name="text"/>, or null when nothing is.</summary>
    public static string? Problem(string? text, string what, int maxBytes)
    {
        if (string.IsNullOrEmpty(text))
            return $"{what} must not be empty.";
        if (text.Length > maxBytes || Encoding.UTF8.GetByteCount(text) > maxBytes)
            return $"{what} must be at most {maxBytes} bytes of UTF-8.";
        // U+0000 cannot be stored in PostgreSQL, and it marks the topics among the feeds.
        if (text.Contains('\0'))
            return $"{what} must not contain the character U+0000.";
        return IsWellFormed(text) ? null : $"{what} must be well-formed Unicode: it holds half of a surrogate pair.";
    }

    // A lone surrogate would become U+FFFD on the wire, so that two different names meet in one.
    private static bool IsWellFormed(string text)
    {
        for (var rest = text.AsSpan(); !rest.IsEmpty;)
        {
            if (Rune.DecodeFromUtf16(rest, out _, out var used) != System.Buffers.OperationStatus.Done)
                return false;
            rest = rest[used..];
        }
        return true;
    }
}
