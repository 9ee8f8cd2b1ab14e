using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.Primitives;
using Realtime.Web.Blueprints.Criteria;

namespace Realtime.Web.Models;

/// <summary>
/// The primary key of a model, as text and as JSON. A key of one part is that part: <c>7</c>, a Guid, a text. The parts
/// of a composite key stand with commas between them, <c>7,3</c>, where a comma inside a part is written <c>%2C</c>.
/// </summary>
public sealed class RecordKey
{
    private readonly ModelAttribute[] _parts;

    internal RecordKey(IKey key, Func<IReadOnlyPropertyBase, string> nameOf)
    {
        Properties = key.Properties;
        _parts = [.. key.Properties.Select(property => new ModelAttribute(nameOf(property), property))];
    }

    /// <summary>The properties that make up the key, in order.</summary>
    public IReadOnlyList<IProperty> Properties { get; }

    /// <summary>The values of a record's key.</summary>
    public object?[] ValuesOf(PropertyValues record)
    {
        var values = new object?[Properties.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = record[Properties[i]];
        return values;
    }

    /// <summary>The record's id, as topics know it.</summary>
    /// <exception cref="RealtimeException"><see cref="ErrorCodes.InvalidRecord"/>: the key is empty or too long.</exception>
    public RecordId Format(IReadOnlyList<object?> values)
    {
        if (values.Count == 1)
            return RecordId.Parse(Text(values[0], 0));
        return RecordId.Parse(string.Join(',', values.Select((value, i) =>
            Text(value, i).Replace("%", "%25", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal))));
    }

    /// <summary>Understands an id that came from outside.</summary>
    /// <returns>The values of the key, of the properties' own types.</returns>
    /// <exception cref="RealtimeException"><see cref="CriteriaCodes.InvalidCriteria"/>: it is no key of this model.</exception>
    public object[] Parse(string text) => Parse(Given.Of(new StringValues(text)));

    /// <inheritdoc cref="Parse(string)"/>
    public object[] Parse(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
            return Parse(Given.Of(json));
        var values = new object[_parts.Length];
        for (var i = 0; i < values.Length; i++)
        {
            if (!json.TryGetProperty(_parts[i].Name, out var part) && !(values.Length == 1 && json.TryGetProperty("id", out part)))
                throw CriteriaCodes.Refuse($"The record lacks its primary key, \"{_parts[i].Name}\".");
            values[i] = ValueReader.Read(_parts[i], Given.Of(part));
        }
        return values;
    }

    /// <summary>Writes the key as clients see it: a number or a text (contract P-18).</summary>
    internal void Write(Utf8JsonWriter json, IReadOnlyList<object?> values)
    {
        if (values.Count == 1 && Stored(values[0], 0) is sbyte or byte or short or ushort or int or uint or long or ulong or decimal)
            json.WriteRawValue(Text(values[0], 0));
        else
            json.WriteStringValue(Format(values).Value);
    }

    private object[] Parse(Given given)
    {
        if (_parts.Length == 1)
            return [ValueReader.Read(_parts[0], given)];
        var texts = given.Kind == GivenKind.Text ? given.Text.Split(',') : [];
        if (texts.Length != _parts.Length)
            throw CriteriaCodes.Refuse($"The id of this model has {_parts.Length} parts with commas between them, which {given} has not.");
        return [.. texts.Select((text, i) => ValueReader.Read(_parts[i], Given.Of(new StringValues(Uri.UnescapeDataString(text)))))];
    }

    private static object? Stored(object? value, int _) => value is Enum choice
        ? Convert.ChangeType(choice, Enum.GetUnderlyingType(choice.GetType()), CultureInfo.InvariantCulture)
        : value;

    private string Text(object? value, int part)
    {
        if (Properties[part].FindTypeMapping()?.Converter is { } converter && value is not (IFormattable or string))
            value = converter.ConvertToProvider(value);
        return Stored(value, part) switch
        {
            null => string.Empty,
            string text => text,
            DateTime moment => moment.ToString("O", CultureInfo.InvariantCulture),
            DateTimeOffset moment => moment.ToString("O", CultureInfo.InvariantCulture),
            DateOnly date => date.ToString("O", CultureInfo.InvariantCulture),
            bool flag => flag ? "true" : "false",
            byte[] bytes => Convert.ToHexString(bytes),
            var other => Convert.ToString(other, CultureInfo.InvariantCulture) ?? string.Empty,
        };
    }
}
