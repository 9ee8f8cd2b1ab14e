namespace Realtime.Web.Transport.Negotiation;

/// <summary>A connection that was negotiated: what its client calls it, until it has come.</summary>
/// <param name="connectionId">The connection's public id.</param>
/// <param name="token">What its client proves itself with; the id itself in the old version of the negotiation.</param>
/// <param name="expires">When the client must have come.</param>
internal sealed class Ticket(string connectionId, string token, DateTimeOffset expires)
{
    private readonly Lock _gate = new();
    private Task<string?>? _stockToken;

    public string ConnectionId { get; } = connectionId;

    public string Token { get; } = token;

    /// <summary>When it is forgotten; moved on as long as a stock transport uses it.</summary>
    public DateTimeOffset Expires { get; set; } = expires;

    /// <summary>Whether a stock transport serves, or served, the connection.</summary>
    public bool IsStock => _stockToken is not null;

    /// <summary>
    /// The name of the stock transports' own connection for this client, made on first use: most clients come by WebSocket
    /// and never need one.
    /// </summary>
    public Task<string?> StockTokenAsync(Func<Task<string?>> negotiate)
    {
        lock (_gate)
        {
            return _stockToken ??= negotiate();
        }
    }
}
