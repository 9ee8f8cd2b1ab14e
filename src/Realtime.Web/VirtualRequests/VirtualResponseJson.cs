using System.Text.Json;
using System.Text.Json.Serialization;

namespace Realtime.Web.VirtualRequests;

/// <summary>Writes answers, whatever the hub protocol: messages look alike in all of them. JSON bodies go in as they are.</summary>
internal sealed class VirtualResponseJson : JsonConverter<VirtualResponse>
{
    public override void Write(Utf8JsonWriter writer, VirtualResponse value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        switch (value.Body.Kind)
        {
            case BodyKind.Json:
                writer.WritePropertyName("body"u8);
                writer.WriteRawValue(value.Body.Bytes.Span, skipInputValidation: true);
                break;
            case BodyKind.Text:
                writer.WriteString("body"u8, System.Text.Encoding.UTF8.GetString(value.Body.Bytes.Span));
                break;
            case BodyKind.Bytes:
                writer.WriteBase64String("body"u8, value.Body.Bytes.Span);
                break;
        }
        writer.WriteStartObject("headers"u8);
        foreach (var (name, text) in value.Headers)
            writer.WriteString(name, text);
        writer.WriteEndObject();
        writer.WriteNumber("statusCode"u8, value.StatusCode);
        writer.WriteEndObject();
    }

    public override VirtualResponse Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Answers are written here, never read.");
}
