using System.Text.Json;
using MessagePack;

namespace Realtime.Web.Hubs;

/// <summary>Writes a MessagePack value as JSON.</summary>
internal static class MessagePackToJson
{
    // As deep as JSON may be by default.
    private const int MaxDepth = 64;

    // Refuses what has no form in JSON, and what is nested too deeply.
    public static void Write(Utf8JsonWriter json, ref MessagePackReader reader, int depth = 0)
    {
        if (depth > MaxDepth)
            throw new MessagePackSerializationException($"The value is nested more than {MaxDepth} deep.");
        switch (reader.NextMessagePackType)
        {
            case MessagePackType.Nil:
                reader.ReadNil();
                json.WriteNullValue();
                break;
            case MessagePackType.Boolean:
                json.WriteBooleanValue(reader.ReadBoolean());
                break;
            case MessagePackType.Integer when reader.NextCode == MessagePackCode.UInt64:
                json.WriteNumberValue(reader.ReadUInt64());
                break;
            case MessagePackType.Integer:
                json.WriteNumberValue(reader.ReadInt64());
                break;
            case MessagePackType.Float:
                json.WriteNumberValue(reader.ReadDouble());
                break;
            case MessagePackType.String:
                json.WriteStringValue(reader.ReadString());
                break;
            case MessagePackType.Array:
                json.WriteStartArray();
                for (var left = reader.ReadArrayHeader(); left > 0; left--)
                    Write(json, ref reader, depth + 1);
                json.WriteEndArray();
                break;
            case MessagePackType.Map:
                json.WriteStartObject();
                for (var left = reader.ReadMapHeader(); left > 0; left--)
                {
                    json.WritePropertyName(reader.ReadString() ?? string.Empty);
                    Write(json, ref reader, depth + 1);
                }
                json.WriteEndObject();
                break;
            default:
                throw new MessagePackSerializationException($"{reader.NextMessagePackType} has no form in JSON.");
        }
    }
}
