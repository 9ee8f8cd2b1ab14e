using System.Buffers;
using System.Text.Json;
using MessagePack;

namespace Realtime.Web.Hubs;

/// <summary>How many arguments the next call in a connection's bytes has, found without binding any of them.</summary>
internal static class ArgumentCount
{
    private const byte RecordSeparator = 0x1e;

    /// <summary>In SignalR's JSON protocol; null when there is no such call.</summary>
    public static int? InJson(ReadOnlySequence<byte> unread)
    {
        if (unread.PositionOf(RecordSeparator) is not { } end)
            return null;
        var reader = new Utf8JsonReader(unread.Slice(0, end));
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isArguments = reader.ValueTextEquals("arguments"u8);
            reader.Read();
            if (isArguments)
                return reader.TokenType == JsonTokenType.StartArray ? CountRest(ref reader) : null;
            reader.Skip();
        }
        return null;
    }

    /// <summary>In SignalR's MessagePack protocol; null when there is no such call.</summary>
    public static int? InMessagePack(ReadOnlySequence<byte> unread)
    {
        var reader = new MessagePackReader(unread.Slice(LengthOfPrefix(unread)));
        if (reader.ReadArrayHeader() < 5)
            return null;
        for (var part = 0; part < 4; part++) // kind, headers, invocation id, target
            reader.Skip();
        return reader.ReadArrayHeader();
    }

    private static int CountRest(ref Utf8JsonReader array)
    {
        var count = 0;
        while (array.Read() && array.TokenType != JsonTokenType.EndArray)
        {
            array.Skip();
            count++;
        }
        return count;
    }

    // Seven bits a byte; the last byte is the first one without the eighth.
    private static int LengthOfPrefix(ReadOnlySequence<byte> unread)
    {
        var reader = new SequenceReader<byte>(unread);
        while (reader.TryRead(out var part) && (part & 0x80) != 0)
        {
        }
        return (int)reader.Consumed;
    }
}
