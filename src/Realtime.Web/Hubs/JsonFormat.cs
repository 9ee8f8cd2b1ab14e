using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Connections;
using Realtime.Actors.Delivery;

namespace Realtime.Web.Hubs;

/// <summary>SignalR's JSON protocol: one object for each message, ended by the record separator.</summary>
internal sealed class JsonFormat : SignalRFormat
{
    public static readonly JsonFormat Plain = new(false);

    public static readonly JsonFormat Enveloped = new(true);

    private const byte RecordSeparator = 0x1e;

    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private JsonFormat(bool enveloped)
        : base("json", TransferFormat.Text, enveloped)
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

    protected override void WriteEnveloped(IBufferWriter<byte> output, EventName name, ReadOnlyMemory<byte> data, FeedId? feed, Position position)
    {
        using (var json = Begin(output, EnvelopeTarget))
        {
            json.WriteStringValue(name.Value);
            json.WriteRawValue(data.Span, skipInputValidation: true);
            if (feed is { } room)
            {
                json.WriteStringValue(room.Key);
                json.WriteNumberValue(position.Epoch);
                json.WriteNumberValue(position.Seq);
            }
            else
            {
                json.WriteNullValue();
                json.WriteNullValue();
                json.WriteNullValue();
            }
            End(json);
        }
        output.Write([RecordSeparator]);
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
