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

    public override void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        foreach (var property in _json.EnumerateObject())
        {
            if (!_model.Attributes.Any(attribute => attribute.IsHidden && attribute.Name == property.Name))
                property.WriteTo(json);
        }
        json.WriteEndObject();
    }

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
