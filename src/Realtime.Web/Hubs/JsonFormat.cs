using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Connections;
using Realtime.Actors.Delivery;

namespace Realtime.Web.Hubs;

/// <summary>SignalR's JSON protocol: one object for each message, ended by the record separator.</summary>
internal sealed class JsonFormat : SignalRFormat
{
    /// <summary>One for each <see cref="EnvelopeLevel"/>, in their order.</summary>
    public static readonly JsonFormat[] Levels = [new(EnvelopeLevel.Plain), new(EnvelopeLevel.Placed), new(EnvelopeLevel.Identified)];

    private const byte RecordSeparator = 0x1e;

    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private JsonFormat(EnvelopeLevel level)
        : base("json", TransferFormat.Text, level)
    {
    }

    protected override void WritePlain(IBufferWriter<byte> output, string target, ReadOnlyMemory<byte> data)
    {
        using (var json = Begin(output, target))
        {
            json.WriteRawValue(data.Span, skipInputValidation: true);
            End(json);
        }
        output.Write([RecordSeparator]);
    }

    protected override void WriteEnveloped(IBufferWriter<byte> output, Envelope message, FeedId? feed, long epoch)
    {
        using (var json = Begin(output, EnvelopeTarget))
        {
            json.WriteStringValue(message.Event.Value);
            json.WriteRawValue(message.Data.Span, skipInputValidation: true);
            WritePlace(json, message, feed, epoch);
            if (Level is EnvelopeLevel.Identified)
                WriteId(json, message.MessageId);
            End(json);
        }
        output.Write([RecordSeparator]);
    }

    private static void WritePlace(Utf8JsonWriter json, Envelope message, FeedId? feed, long epoch)
    {
        if (feed is { } room)
            json.WriteStringValue(room.Key);
        else
            json.WriteNullValue();
        if (message.IsTransient)
        {
            json.WriteNullValue();
            json.WriteNullValue();
            return;
        }
        json.WriteNumberValue(epoch);
        json.WriteNumberValue(message.Seq);
    }

    private static void WriteId(Utf8JsonWriter json, Guid? messageId)
    {
        if (messageId is { } id)
            json.WriteStringValue(id);
        else
            json.WriteNullValue();
    }

    private static Utf8JsonWriter Begin(IBufferWriter<byte> output, string target)
    {
        var json = new Utf8JsonWriter(output, WriterOptions);
        json.WriteStartObject();
        json.WriteNumber("type"u8, 1);
        json.WriteString("target"u8, target);
        json.WriteStartArray("arguments"u8);
        return json;
    }

    private static void End(Utf8JsonWriter json)
    {
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
    }
}
