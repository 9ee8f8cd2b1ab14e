using System.Text.Json;
using Microsoft.Extensions.Primitives;

namespace Realtime.Web.Blueprints.Criteria;

/// <summary>
/// The parameters of one request that criteria are read from. The body wins over the query string, parameter by
/// parameter, and what stands in the path to say which record is meant is no criterion (contract B-9).
/// </summary>
/// <param name="query">The query string: an <c>IQueryCollection</c> will do.</param>
/// <param name="body">The JSON body, or the data that came over the socket (contract V-8).</param>
/// <param name="pathParameters">The names of the route's own parameters, such as <c>parentid</c>.</param>
/// <param name="inPath">Attribute filters of the path, which hold whatever the other parameters say.</param>
public sealed class CriteriaInput(
    IEnumerable<KeyValuePair<string, StringValues>>? query = null,
    JsonElement? body = null,
    IEnumerable<string>? pathParameters = null,
    IEnumerable<KeyValuePair<string, string>>? inPath = null)
{
    internal IEnumerable<(string Name, Given Value)> InPath() =>
        (inPath ?? []).Select(parameter => (parameter.Key, Given.Of(new StringValues(parameter.Value))));

    internal Dictionary<string, Given> Parameters()
    {
        var parameters = new Dictionary<string, Given>(StringComparer.Ordinal);
        foreach (var (name, texts) in query ?? [])
            parameters[name] = Given.Of(texts);
        if (body is { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) } json)
        {
            if (json.ValueKind != JsonValueKind.Object)
                throw CriteriaCodes.Refuse("The parameters must come as a JSON object.");
            foreach (var (name, value) in Given.Of(json).Members)
                parameters[name] = value;
        }
        foreach (var name in pathParameters ?? [])
            parameters.Remove(name);
        return parameters;
    }
}
