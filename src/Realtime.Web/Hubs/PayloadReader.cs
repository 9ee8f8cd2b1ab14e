using System.Buffers;
using System.Text.Json;
using Realtime.Web.Json;

namespace Realtime.Web.Hubs;

/// <summary>Turns an argument of a hub method, as either hub protocol binds it to <c>object</c>, into UTF-8 JSON.</summary>
internal static class PayloadReader
{
    public static ReadOnlyMemory<byte> Read(object? argument)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = RealtimeJson.Options.Encoder }))
            Write(json, argument);
        return buffer.WrittenMemory;
    }

    private static void Write(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case JsonElement element:
                element.WriteTo(json);
                break;
            case IDictionary<object, object> map: // MessagePack
                json.WriteStartObject();
                foreach (var (key, inner) in map)
                {
                    json.WritePropertyName(Convert.ToString(key, System.Globalization.CultureInfo.InvariantCulture) ?? string.Empty);
                    Write(json, inner);
                }
                json.WriteEndObject();
                break;
            case object?[] list:
                json.WriteStartArray();
                foreach (var inner in list)
                    Write(json, inner);
                json.WriteEndArray();
                break;
            default:
                JsonSerializer.Serialize(json, value, RealtimeJson.Options);
                break;
        }
    }
}
