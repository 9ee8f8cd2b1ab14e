namespace Realtime.Client.Requests;

/// <summary>A call of a route of the application, over the socket.</summary>
/// <param name="Method">As in HTTP.</param>
/// <param name="Url">The path, with a query if there is one.</param>
public sealed record RealtimeRequest(HttpMethod Method, string Url)
{
    /// <summary>Headers, beside those of all requests. A null removes one of those (contract C-17).</summary>
    public IReadOnlyDictionary<string, string?> Headers { get; init; } = new Dictionary<string, string?>();

    /// <summary>What it carries, written as JSON.</summary>
    public object? Body { get; init; }

    /// <summary>
    /// A name, of 1 to 128 characters, for what shall happen only once, however often this client sends it (contract C-24). When the
    /// connection is lost before the answer and the same node takes the session up again, it is sent again by itself.
    /// </summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>How long it may take, waiting included. Default: <see cref="RealtimeClientOptions.RequestTimeout"/>.</summary>
    public TimeSpan? Timeout { get; init; }
}
