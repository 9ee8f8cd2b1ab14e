using System.Buffers;
using System.Text.Json;
using MessagePack;

namespace Realtime.Web.Hubs;

/// <summary>Writes a JSON value as MessagePack: done once for a message, for all clients that speak it.</summary>
internal static class JsonToMessagePack
{
    public static void Write(ref MessagePackWriter writer, ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        WriteValue(ref writer, ref reader);
    }

    private static void WriteValue(ref MessagePackWriter writer, ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                WriteObject(ref writer, ref reader);
                break;
            case JsonTokenType.StartArray:
                WriteArray(ref writer, ref reader);
                break;
            case JsonTokenType.String:
                writer.Write(reader.GetString());
                break;
            case JsonTokenType.Number:
                WriteNumber(ref writer, ref reader);
                break;
            case JsonTokenType.True:
                writer.Write(true);
                break;
            case JsonTokenType.False:
                writer.Write(false);
                break;
            default:
                writer.WriteNil();
                break;
        }
    }

    private static void WriteNumber(ref MessagePackWriter writer, ref Utf8JsonReader reader)
    {
        if (reader.TryGetInt64(out var whole))
            writer.Write(whole);
        else if (reader.TryGetUInt64(out var large))
            writer.Write(large);
        else
            writer.Write(reader.GetDouble());
    }

    // The number of members stands in front of them, so each level is looked through once before it is written.
    private static void WriteObject(ref MessagePackWriter writer, ref Utf8JsonReader reader)
    {
        writer.WriteMapHeader(CountTokens(reader, JsonTokenType.EndObject));
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            writer.Write(reader.GetString());
            reader.Read();
            WriteValue(ref writer, ref reader);
        }
    }

    private static void WriteArray(ref MessagePackWriter writer, ref Utf8JsonReader reader)
    {
        writer.WriteArrayHeader(CountTokens(reader, JsonTokenType.EndArray));
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            WriteValue(ref writer, ref reader);
    }

    // Takes the reader by value: it looks ahead without moving the caller's.
    private static int CountTokens(Utf8JsonReader ahead, JsonTokenType end)
    {
        var count = 0;
        while (ahead.Read() && ahead.TokenType != end)
        {
            if (end == JsonTokenType.EndObject)
                ahead.Read();
            ahead.Skip();
            count++;
        }
        return count;
    }
}
