using System.Text.Json;
using Realtime.Client.Connection;
using Realtime.Client.Requests;

namespace Realtime.Client;

// Calls of the application's routes over the socket, by the names that HTTP has for them (contract C-16).
public sealed partial class RealtimeClient
{
    /// <summary>
    /// Calls a route of the application. Waits for the connection, if there is none (contract C-21). Whatever status comes is an
    /// answer; this fails only when none comes.
    /// </summary>
    /// <exception cref="RealtimeClientException"><c>disconnected</c>, <c>timeout</c>, <c>queue_full</c>: see <see cref="ClientErrorCodes"/>.</exception>
    public async Task<RealtimeResponse<T>> RequestAsync<T>(RealtimeRequest request, CancellationToken cancellation = default)
    {
        var answer = await AnswerAsync(request, cancellation);
        return new(answer.StatusCode, HeadersOf(answer), answer.Body, _session.Options.Json);
    }

    /// <summary>The same for an answer whose body is of no type.</summary>
    public async Task<RealtimeResponse> RequestAsync(RealtimeRequest request, CancellationToken cancellation = default)
    {
        var answer = await AnswerAsync(request, cancellation);
        return new(answer.StatusCode, HeadersOf(answer), answer.Body, _session.Options.Json);
    }

    /// <summary>Reads.</summary>
    public Task<RealtimeResponse<T>> GetAsync<T>(string url, CancellationToken cancellation = default) =>
        RequestAsync<T>(new(HttpMethod.Get, url), cancellation);

    /// <summary>Posts a body, written as JSON.</summary>
    public Task<RealtimeResponse<T>> PostAsync<T>(string url, object? body = null, CancellationToken cancellation = default) =>
        RequestAsync<T>(new(HttpMethod.Post, url) { Body = body }, cancellation);

    /// <summary>Puts a body, written as JSON.</summary>
    public Task<RealtimeResponse<T>> PutAsync<T>(string url, object? body = null, CancellationToken cancellation = default) =>
        RequestAsync<T>(new(HttpMethod.Put, url) { Body = body }, cancellation);

    /// <summary>Patches by a body, written as JSON.</summary>
    public Task<RealtimeResponse<T>> PatchAsync<T>(string url, object? body = null, CancellationToken cancellation = default) =>
        RequestAsync<T>(new(HttpMethod.Patch, url) { Body = body }, cancellation);

    /// <summary>Deletes.</summary>
    public Task<RealtimeResponse<T>> DeleteAsync<T>(string url, CancellationToken cancellation = default) =>
        RequestAsync<T>(new(HttpMethod.Delete, url), cancellation);

    private async Task<RawResponse> AnswerAsync(RealtimeRequest request, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(request.Url);
        var raw = new RawRequest(
            request.Method.Method, request.Url.TrimEnd(), HeadersOf(request), request.Body is null ? null : _session.Write(request.Body));
        var call = new Call("Request", [raw]) { IsBounded = true, Again = request.IdempotencyKey is null ? Again.Never : Again.OnSameNode };
        return Wire.Read<RawResponse>(await _session.InvokeAsync(call, cancellation, request.Timeout));
    }

    private Dictionary<string, string> HeadersOf(RealtimeRequest request)
    {
        var headers = new Dictionary<string, string>(_session.Options.Headers, StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in request.Headers)
            if (value is null)
                headers.Remove(name);
            else
                headers[name] = value;
        if (request.IdempotencyKey is { } key)
            headers["Idempotency-Key"] = key;
        return headers;
    }

    private static Dictionary<string, string> HeadersOf(RawResponse answer) => new(answer.Headers ?? [], StringComparer.OrdinalIgnoreCase);

    private sealed record RawRequest(string Method, string Url, Dictionary<string, string> Headers, JsonElement? Body);

    private sealed record RawResponse(int StatusCode, Dictionary<string, string>? Headers, JsonElement Body);
}
