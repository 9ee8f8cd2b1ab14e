using System.Collections;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Realtime.Testing.Clients;

/// <summary>
/// What the .NET client hands over when asked for an <see cref="object"/>: a <see cref="JsonElement"/> with the JSON
/// protocol; primitives, arrays and dictionaries with MessagePack. Both as JSON, so that one test serves both.
/// </summary>
public static class AnyValue
{
    /// <summary>The value as JSON.</summary>
    public static JsonNode? ToJson(object? value) => value switch
    {
        null => null,
        JsonNode node => node.DeepClone(),
        JsonElement element => JsonSerializer.SerializeToNode(element),
        string text => JsonValue.Create(text),
        byte[] bytes => JsonValue.Create(Convert.ToBase64String(bytes)),
        IDictionary map => new JsonObject(map.Keys.Cast<string>().Select(key => KeyValuePair.Create(key, ToJson(map[key])))),
        IEnumerable items => new JsonArray([.. items.Cast<object?>().Select(ToJson)]),
        _ => JsonSerializer.SerializeToNode(value),
    };
}
