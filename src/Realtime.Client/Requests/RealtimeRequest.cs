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

    /// <summary>The same for each attempt, so that a retry counts once.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>How long it may take, waiting included. Default: <see cref="RealtimeClientOptions.RequestTimeout"/>.</summary>
    public TimeSpan? Timeout { get; init; }
}
