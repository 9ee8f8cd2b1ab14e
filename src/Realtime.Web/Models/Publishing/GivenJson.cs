using System.Text.Json;
using Realtime.Web.Blueprints.Criteria;

namespace Realtime.Web.Models.Publishing;

/// <summary>An object as clients know it, sent as it is but for what they never see (contract P-35, B-48).</summary>
internal sealed class GivenJson : GivenRecord
{
    private readonly JsonElement _json;
    private readonly ModelDescription _model;

    /// <exception cref="RealtimeException">It is no object.</exception>
    public GivenJson(object given, ModelDescription model, JsonSerializerOptions options)
    {
        (_json, _model) = (JsonSerializer.SerializeToElement(given, given.GetType(), options), model);
        if (_json.ValueKind != JsonValueKind.Object)
            throw new RealtimeException(ErrorCodes.InvalidRequest, $"What is told of a {model.Name} must be an object with attributes.");
    }

    public override object?[] Key => Parse(_model, _json);

    public override void Write(Utf8JsonWriter json) => Write(json, _model, _json);

    public override IReadOnlyList<object?[]>? KeysOf(AssociationDescription association)
    {
        if (!_json.TryGetProperty(association.Name, out var given))
            return null;
        return given.ValueKind switch
        {
            JsonValueKind.Null => [],
            JsonValueKind.Array => [.. given.EnumerateArray().Select(one => Parse(association.Target, one))],
            _ => [Parse(association.Target, given)],
        };
    }

    private static void Write(Utf8JsonWriter json, ModelDescription model, JsonElement record)
    {
        json.WriteStartObject();
        foreach (var property in record.EnumerateObject())
        {
            var attribute = model.Attributes.FirstOrDefault(attribute => attribute.Name == property.Name);
            if (attribute is { IsHidden: true })
                continue;
            json.WritePropertyName(property.Name);
            if (attribute?.HiddenInside is { } hidden)
                hidden.Write(json, property.Value);
            else if (model.FindAssociation(property.Name) is { } association)
                WriteAssociated(json, association.Target, property.Value);
            else
                property.Value.WriteTo(json);
        }
        json.WriteEndObject();
    }

    // Primary keys, or records.
    private static void WriteAssociated(Utf8JsonWriter json, ModelDescription target, JsonElement given)
    {
        if (given.ValueKind == JsonValueKind.Object)
        {
            Write(json, target, given);
            return;
        }
        if (given.ValueKind != JsonValueKind.Array)
        {
            given.WriteTo(json);
            return;
        }
        json.WriteStartArray();
        foreach (var one in given.EnumerateArray())
            WriteAssociated(json, target, one);
        json.WriteEndArray();
    }

    private static object[] Parse(ModelDescription model, JsonElement json)
    {
        try
        {
            return model.Key.Parse(json);
        }
        catch (RealtimeException wrong) when (wrong.Code == CriteriaCodes.InvalidCriteria)
        {
            throw new RealtimeException(ErrorCodes.InvalidRecord, wrong.Message, wrong);
        }
    }
}
