using System.Text.Json;

namespace Realtime.Client.Topics;

/// <summary>Reads what happened to a record.</summary>
internal static class TopicReader
{
    public static TopicEvent<T> Read<T>(JsonElement json, JsonSerializerOptions options)
    {
        var id = Member(json, "id") is { ValueKind: JsonValueKind.String or JsonValueKind.Number } found ? RecordId.Read(found) : (RecordId?)null;
        return Member(json, "verb") is { ValueKind: JsonValueKind.String } verb ? verb.GetString() switch
        {
            "created" => new Created<T>(id, Needed(json, "data").Deserialize<T>(options)!, json) { ReadersChanged = IsTrue(json, "readersChanged") },
            "updated" => new Updated<T>(id, Needed(json, "data"), Record<T>(json, "previous", options), json),
            "destroyed" => new Destroyed<T>(id, Record<T>(json, "previous", options), json) { ReadersChanged = IsTrue(json, "readersChanged") },
            "addedTo" => new AddedTo<T>(id, Needed(json, "attribute").GetString()!, Records(json, "addedIds", "addedId"), json),
            "removedFrom" => new RemovedFrom<T>(id, Needed(json, "attribute").GetString()!, Records(json, "removedIds", "removedId"), json),
            _ => new Messaged<T>(id, Member(json, "data"), json),
        } : new Messaged<T>(id, json, json);
    }

    private static bool IsTrue(JsonElement json, string name) => Member(json, name).ValueKind == JsonValueKind.True;

    private static T? Record<T>(JsonElement json, string name, JsonSerializerOptions options) =>
        Member(json, name) is { ValueKind: JsonValueKind.Object } record ? record.Deserialize<T>(options) : default;

    private static IReadOnlyList<RecordId> Records(JsonElement json, string several, string one) =>
        Member(json, several) is { ValueKind: JsonValueKind.Array } ids && ids.GetArrayLength() > 0
            ? [.. ids.EnumerateArray().Select(RecordId.Read)]
            : [RecordId.Read(Needed(json, one))];

    private static JsonElement Needed(JsonElement json, string name) => Member(json, name) is { ValueKind: not JsonValueKind.Undefined } found
        ? found
        : throw new JsonException($"An event about a record has no {name}: {json.GetRawText()}");

    private static JsonElement Member(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var found) ? found : default;
}
