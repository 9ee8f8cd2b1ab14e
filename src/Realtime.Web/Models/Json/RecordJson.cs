using System.Buffers;
using System.Text.Json;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Realtime.Web.Models.Json;

/// <summary>Writes values of records, in answers and in events: one way for both, so that neither shows what the other hides (B-48).</summary>
internal sealed class RecordJson(JsonSerializerOptions options)
{
    public JsonSerializerOptions Options { get; } = options;

    public JsonWriterOptions Writing { get; } = new() { Encoder = options.Encoder, SkipValidation = true };

    /// <summary>Writes a whole document.</summary>
    public byte[] Write(Action<Utf8JsonWriter> content)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, Writing))
            content(json);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Writes the value of an attribute.</summary>
    public void WriteValue(Utf8JsonWriter json, AttributeDescription attribute, object? value)
    {
        // A datastore without zones gives back what it was given, but for the zone, and what it was given is UTC.
        if (value is DateTime { Kind: DateTimeKind.Unspecified } moment)
            value = DateTime.SpecifyKind(moment, DateTimeKind.Utc);
        if (value is null)
            json.WriteNullValue();
        else if (attribute.Column is { } column && attribute.IsKey && column.FindTypeMapping()?.Converter is { } typedId && value is not (IFormattable or string))
            JsonSerializer.Serialize(json, typedId.ConvertToProvider(value), Options);      // a typed id is its value
        else if (attribute is { IsHiddenFurther: true, HiddenInside: { } hidden })
            hidden.Write(json, JsonSerializer.SerializeToElement(value, value.GetType(), Options));
        else
            JsonSerializer.Serialize(json, value, value.GetType(), Options);
    }
}
