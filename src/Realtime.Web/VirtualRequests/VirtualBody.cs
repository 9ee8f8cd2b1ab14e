using System.Text;
using System.Text.Json;
using Microsoft.Net.Http.Headers;

namespace Realtime.Web.VirtualRequests;

/// <summary>How the body of an answer reaches its client.</summary>
internal enum BodyKind
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>As the value that it is.</summary>
    Json,

    /// <summary>As a string.</summary>
    Text,

    /// <summary>As a string of base64.</summary>
    Bytes,
}

/// <summary>The body of an answer (contract V-3).</summary>
/// <param name="Kind">How it reaches the client.</param>
/// <param name="Bytes">Its bytes; UTF-8 if it is JSON or text.</param>
internal readonly record struct VirtualBody(BodyKind Kind, ReadOnlyMemory<byte> Bytes)
{
    // Readers go 64 deep by default; the message around takes some of that.
    private const int Deepest = 60;

    public static VirtualBody None => default;

    public static VirtualBody OfText(string text) => new(BodyKind.Text, Encoding.UTF8.GetBytes(text));

    public static VirtualBody OfJson(byte[] json) => new(BodyKind.Json, json);

    /// <summary>What an application has written, by its content type. Without one, it is text.</summary>
    public static VirtualBody Of(string? contentType, ReadOnlyMemory<byte> written)
    {
        if (written.IsEmpty)
            return None;
        if (string.IsNullOrEmpty(contentType) || !MediaTypeHeaderValue.TryParse(contentType, out var type))
            return new(BodyKind.Text, written);
        var isJson = Is(type, "application/json") || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase);
        if (!isJson && !IsText(type))
            return new(BodyKind.Bytes, written);
        if (type.Encoding is { } encoding && encoding.CodePage != Encoding.UTF8.CodePage)
            written = Encoding.Convert(encoding, Encoding.UTF8, written.ToArray());
        return new(isJson && IsWellFormed(written.Span) ? BodyKind.Json : BodyKind.Text, written);
    }

    private static bool IsText(MediaTypeHeaderValue type) =>
        type.Type.Equals("text", StringComparison.OrdinalIgnoreCase)
        || type.Suffix.Equals("xml", StringComparison.OrdinalIgnoreCase)
        || Is(type, "application/xml") || Is(type, "application/javascript") || Is(type, "application/x-www-form-urlencoded")
        || type.Charset.HasValue;

    private static bool Is(MediaTypeHeaderValue type, string name) => type.MediaType.Equals(name, StringComparison.OrdinalIgnoreCase);

    // It goes into a message as it is: what is not JSON, or nested deeper than readers go, would break the message.
    private static bool IsWellFormed(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = Deepest });
        try
        {
            while (reader.Read())
            {
            }
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
