using System.Text.Json;

namespace Realtime.Client.Connection;

/// <summary>How this library's own words are written and read, whatever the application's options for its payloads are.</summary>
internal static class Wire
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public static T Read<T>(JsonElement json) =>
        json.Deserialize<T>(Options) ?? throw new JsonException($"The server answered with null where a {typeof(T).Name} was expected.");
}
