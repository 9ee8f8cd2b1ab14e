using System.Text.Json;

namespace Realtime.Actors.Feeds;

/// <summary>Looks once whether data is JSON. From here on nobody looks again.</summary>
public static class JsonText
{
    /// <summary>Whether a text is one JSON value and nothing else.</summary>
    public static bool IsValid(ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text);
        try
        {
            while (reader.Read())
            {
            }
            return reader.TokenType != JsonTokenType.None;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
