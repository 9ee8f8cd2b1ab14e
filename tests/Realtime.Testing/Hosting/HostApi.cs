using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace Realtime.Testing.Hosting;

/// <summary>The HTTP API of a Host, in verbs.</summary>
public static class HostApi
{
    /// <summary>Broadcasts to a room, and returns the answer: room, epoch, seq, members.</summary>
    public static async Task<JsonObject> BroadcastAsync(this HostProcess host, string room, string name, JsonNode? data) =>
        await host.SendAsync(HttpMethod.Post, $"/api/rooms/{Uri.EscapeDataString(room)}/broadcast",
            new JsonObject { ["event"] = name, ["data"] = data?.DeepClone() });

    /// <summary>The socket ids of a room's members (its first page).</summary>
    public static async Task<IReadOnlyList<string>> MembersAsync(this HostProcess host, string room)
    {
        var answer = await host.SendAsync(HttpMethod.Get, $"/api/rooms/{Uri.EscapeDataString(room)}/members");
        return [.. answer["members"]!.AsArray().Select(member => (string)member!["socketId"]!)];
    }

    /// <summary>Sends a request that has to succeed, and returns its body: an object, empty for none.</summary>
    /// <exception cref="HttpRequestException">It did not; the message holds the answer.</exception>
    public static async Task<JsonObject> SendAsync(this HostProcess host, HttpMethod method, string path, JsonNode? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using var answer = await host.Http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        if (!answer.IsSuccessStatusCode)
            throw new HttpRequestException($"{method} {path}: {(int)answer.StatusCode} {text}", null, answer.StatusCode);
        return text.Length == 0 ? [] : JsonNode.Parse(text)!.AsObject();
    }

    /// <summary>Sends a body as it is, however wrong, and returns status, media type and the JSON of the answer, if it is some.</summary>
    public static async Task<(int Status, string? MediaType, JsonObject Body)> PostRawAsync(this HostProcess host, string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await host.Http.PostAsync(new Uri(path, UriKind.Relative), content);
        var text = await answer.Content.ReadAsStringAsync();
        var mediaType = answer.Content.Headers.ContentType?.MediaType;
        var json = mediaType?.EndsWith("json", StringComparison.Ordinal) == true ? JsonNode.Parse(text) as JsonObject : null;
        return ((int)answer.StatusCode, mediaType, json ?? []);
    }
}
