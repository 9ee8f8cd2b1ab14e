using System.Buffers;
using System.Text.Json;
using MessagePack;
using MessagePack.Formatters;
using MessagePack.Resolvers;
using Realtime.Web.Json;

namespace Realtime.Web.Hubs;

/// <summary>
/// Writes the messages of this library in MessagePack just as in JSON: the same names, the same forms. What belongs to the
/// application is left to the usual resolvers.
/// </summary>
internal sealed class AsJsonResolver : IFormatterResolver
{
    public static readonly MessagePackSerializerOptions SerializerOptions = MessagePackSerializerOptions.Standard
        .WithResolver(CompositeResolver.Create(new AsJsonResolver(), DynamicEnumAsStringResolver.Instance, ContractlessStandardResolver.Instance))
        .WithSecurity(MessagePackSecurity.UntrustedData);

    public IMessagePackFormatter<T>? GetFormatter<T>() => Formatter<T>.Instance;

    private sealed class Formatter<T> : IMessagePackFormatter<T?>
    {
        public static readonly IMessagePackFormatter<T>? Instance =
            typeof(T) == typeof(JsonElement) || typeof(T).Assembly == typeof(AsJsonResolver).Assembly ? (IMessagePackFormatter<T>)(object)new Formatter<T>() : null;

        public void Serialize(ref MessagePackWriter writer, T? value, MessagePackSerializerOptions options) =>
            JsonToMessagePack.Write(ref writer, RealtimeJson.Write(value));

        public T? Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options)
        {
            var json = new ArrayBufferWriter<byte>();
            using (var writer = new Utf8JsonWriter(json))
                MessagePackToJson.Write(writer, ref reader);
            return JsonSerializer.Deserialize<T>(json.WrittenSpan, RealtimeJson.Options);
        }
    }
}
