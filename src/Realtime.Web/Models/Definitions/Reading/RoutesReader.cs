using System.Text.Json;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Realtime.Web.Models.Definitions.Reading;

/// <summary>Reads the further routes of a model: <c>{"GET /discography/{id}": "findOne"}</c>.</summary>
internal static class RoutesReader
{
    /// <summary>The HTTP methods that there are.</summary>
    public static IReadOnlyList<string> Methods { get; } = ["GET", "POST", "PUT", "PATCH", "DELETE"];

    public static IReadOnlyList<RouteDefinition> Read(Fields? fields) => fields is null ? [] : [.. fields.Each().Select(field => Read(field, fields)).OfType<RouteDefinition>()];

    private static RouteDefinition? Read(JsonProperty field, Fields fields)
    {
        if (field.Name.Split(' ') is not [var method, ['/', ..] and var pattern] || !Methods.Contains(method))
            fields.Refuse($"the route \"{field.Name}\" must be a method and a path, such as \"GET /discography/{{id}}\"; the methods are {string.Join(", ", Methods)}.");
        else if (field.Value.ValueKind != JsonValueKind.String)
            fields.Refuse($"the route \"{field.Name}\" is {field.Value.GetRawText()}: it must be the name of an action, such as \"findOne\".");
        else if (Fault(pattern) is { } fault)
            fields.Refuse($"the route \"{field.Name}\" cannot be understood: {fault}");
        else if (DefinitionFolder.Taken.Contains(pattern[1..].Split('/')[0].ToLowerInvariant()))
            fields.Refuse($"the route \"{field.Name}\" is where the service itself answers: give it another path.");
        else
            return new RouteDefinition(method, pattern, field.Value.GetString()!);
        return null;
    }

    private static string? Fault(string pattern)
    {
        try
        {
            RoutePatternFactory.Parse(pattern);
            return null;
        }
        catch (RoutePatternException wrong)
        {
            return wrong.Message;
        }
    }
}
