using MessagePack;
using MessagePack.Formatters;
using Realtime.Web.Hubs;

namespace Realtime.Web.VirtualRequests;

/// <summary>Writes answers for the MessagePack hub protocol, with the same names as in JSON.</summary>
internal sealed class VirtualResponseMessagePack : IMessagePackFormatter<VirtualResponse?>
{
    public void Serialize(ref MessagePackWriter writer, VirtualResponse? value, MessagePackSerializerOptions options)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }
        writer.WriteMapHeader(value.Body.Kind == BodyKind.None ? 2 : 3);
        WriteBody(ref writer, value.Body);
        writer.Write("headers");
        writer.WriteMapHeader(value.Headers.Count);
        foreach (var (name, text) in value.Headers)
        {
            writer.Write(name);
            writer.Write(text);
        }
        writer.Write("statusCode");
        writer.Write(value.StatusCode);
    }

    public VirtualResponse? Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options) =>
        throw new NotSupportedException("Answers are written here, never read.");

    private static void WriteBody(ref MessagePackWriter writer, VirtualBody body)
    {
        if (body.Kind == BodyKind.None)
            return;
        writer.Write("body");
        switch (body.Kind)
        {
            case BodyKind.Json:
                JsonToMessagePack.Write(ref writer, body.Bytes.Span);
                break;
            case BodyKind.Text:
                writer.WriteString(body.Bytes.Span);
                break;
            default:
                writer.Write(body.Bytes.Span);
                break;
        }
    }
}
