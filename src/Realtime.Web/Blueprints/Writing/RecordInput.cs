using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.Primitives;
using Realtime.Web.Blueprints.Criteria;

namespace Realtime.Web.Blueprints.Writing;

/// <summary>The values that a request gives for one record: the path wins over the body, the body over the query string (contract B-9, B-17).</summary>
internal sealed class RecordInput(JsonElement? body, IQueryCollection? query, IEnumerable<KeyValuePair<string, string>> path)
{
    private readonly Dictionary<string, string> _path = new(path, StringComparer.Ordinal);

    /// <summary>Finds a value by JSON name, or by the name of the property.</summary>
    public bool TryFind(string name, IPropertyBase member, out Given value) => TryFind(name, out value) || TryFind(member.Name, out value);

    /// <summary>The JSON of a value; one in the query string is a text that may hold JSON.</summary>
    public JsonElement? JsonOf(string name, IPropertyBase member) => JsonOf(name) ?? JsonOf(member.Name);

    private bool TryFind(string name, out Given value)
    {
        if (_path.TryGetValue(name, out var text))
        {
            value = Given.Of(new StringValues(text));
            return true;
        }
        if (body is { ValueKind: JsonValueKind.Object } json && json.TryGetProperty(name, out var given))
        {
            value = Given.Of(given);
            return true;
        }
        if (query is not null && query.TryGetValue(name, out var texts))
        {
            value = Given.Of(texts);
            return true;
        }
        value = default;
        return false;
    }

    private JsonElement? JsonOf(string name)
    {
        if (_path.TryGetValue(name, out var text))
            return AsJson(text);
        if (body is { ValueKind: JsonValueKind.Object } json && json.TryGetProperty(name, out var given))
            return given;
        return query is not null && query.TryGetValue(name, out var texts) ? AsJson(texts.ToString()) : null;
    }

    private static JsonElement AsJson(string text)
    {
        try
        {
            return JsonElement.Parse(text);
        }
        catch (JsonException)       // a bare text, then
        {
            return JsonSerializer.SerializeToElement(text);
        }
    }
}
