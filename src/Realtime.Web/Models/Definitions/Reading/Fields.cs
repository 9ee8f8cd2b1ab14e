using System.Text.Json;

namespace Realtime.Web.Models.Definitions.Reading;

/// <summary>The fields of a JSON object of a definition. What is wrong with one is written down, and the field counts as not given.</summary>
internal sealed class Fields(JsonElement json, string file, string? attribute, Problems problems)
{
    public void Refuse(string sentence) => problems.Add(file, attribute, sentence);

    public bool Has(string name) => json.TryGetProperty(name, out _);

    public JsonElement? Json(string name) => json.TryGetProperty(name, out var value) ? value : null;

    public bool Flag(string name)
    {
        if (!json.TryGetProperty(name, out var value))
            return false;
        if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            Refuse($"\"{name}\" is {value.GetRawText()}: it must be true or false.");
        return value.ValueKind == JsonValueKind.True;
    }

    public string? Text(string name)
    {
        if (!json.TryGetProperty(name, out var value))
            return null;
        if (value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text)
            return text;
        Refuse($"\"{name}\" is {value.GetRawText()}: it must be a text.");
        return null;
    }

    public T? Choice<T>(string name, IReadOnlyDictionary<string, T> choices)
        where T : struct
    {
        if (Text(name) is not { } text)
            return null;
        if (choices.TryGetValue(text, out var choice))
            return choice;
        Refuse($"\"{name}\" is \"{text}\": it must be one of {string.Join(", ", choices.Keys)}.");
        return null;
    }

    public Fields? Object(string name)
    {
        if (!json.TryGetProperty(name, out var value))
            return null;
        if (value.ValueKind == JsonValueKind.Object)
            return new Fields(value, file, attribute, problems);
        Refuse($"\"{name}\" is {value.GetRawText()}: it must be an object.");
        return null;
    }

    public IEnumerable<JsonProperty> Each() => json.EnumerateObject();

    /// <summary>Refuses fields of other names: a slip of the pen must not pass for a decision.</summary>
    public void AllowOnly(IReadOnlyCollection<string> names)
    {
        foreach (var field in json.EnumerateObject().Where(field => !names.Contains(field.Name)))
            Refuse($"there is no \"{field.Name}\" here: it may be {string.Join(", ", names)}.");
    }
}
