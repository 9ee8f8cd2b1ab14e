using System.Text.Json;

namespace Realtime.Client.Requests;

/// <summary>The answer to a request that was sent over the socket ("JSON WebSocket response", contract C-20).</summary>
public class RealtimeResponse
{
    private static readonly JsonElement Nothing = JsonSerializer.SerializeToElement<object?>(null);

    private readonly JsonSerializerOptions _json;

    internal RealtimeResponse(int statusCode, IReadOnlyDictionary<string, string> headers, JsonElement body, JsonSerializerOptions json) =>
        (StatusCode, Headers, Body, _json) = (statusCode, headers, body.ValueKind == JsonValueKind.Undefined ? Nothing : body, json);

    /// <summary>As in HTTP.</summary>
    public int StatusCode { get; }

    /// <summary>The answer's headers; their names know no case.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; }

    /// <summary>What came back; JSON null for nothing.</summary>
    public JsonElement Body { get; }

    /// <summary>Whether the status is from 200 to 399. A redirect is no error, and is not followed.</summary>
    public bool IsSuccess => StatusCode is >= 200 and < 400;

    /// <summary>What came back, as a type of the application's.</summary>
    /// <exception cref="JsonException">It is no such thing.</exception>
    public T? Read<T>() => Body.Deserialize<T>(_json);

    /// <summary>Throws unless <see cref="IsSuccess"/>.</summary>
    /// <exception cref="RealtimeClientException">With the code of the answer's problem document, or <c>http_</c> and the status.</exception>
    public void EnsureSuccess()
    {
        if (IsSuccess)
            return;
        var words = Text("detail") ?? Text("message") ?? Text("title") ?? (Body.ValueKind == JsonValueKind.String ? Body.GetString() : null);
        throw new RealtimeClientException(Text("code") ?? $"http_{StatusCode}", words is { Length: > 0 } ? words : $"The server answered with status {StatusCode}.");
    }

    /// <inheritdoc/>
    public override string ToString() => $"{StatusCode} {Body.GetRawText()}";

    private string? Text(string name) =>
        Body.ValueKind == JsonValueKind.Object && Body.TryGetProperty(name, out var found) && found.ValueKind == JsonValueKind.String
            ? found.GetString()
            : null;
}

/// <summary>An answer whose body is of a type.</summary>
public sealed class RealtimeResponse<T> : RealtimeResponse
{
    internal RealtimeResponse(int statusCode, IReadOnlyDictionary<string, string> headers, JsonElement body, JsonSerializerOptions json)
        : base(statusCode, headers, body, json) => Value = IsSuccess && Body.ValueKind != JsonValueKind.Null ? Read<T>() : default;

    /// <summary>The body of a success; the default when there is none, and for an error, whose body is something else.</summary>
    public T? Value { get; }
}
