using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Connections;
using Realtime.Web.Transport.Opening;

namespace Realtime.Web.Transport;

/// <summary>How a hub is served to WebSocket clients, and by the stock transports to the rest.</summary>
public sealed class FastTransportOptions
{
    /// <summary>
    /// What both transports share: which transports there are, close and send timeouts, the bound on received bytes that the hub
    /// has not read (<see cref="HttpConnectionDispatcherOptions.ApplicationMaxBufferSize"/>), authorization. Not used by
    /// the fast transport: <see cref="HttpConnectionDispatcherOptions.TransportMaxBufferSize"/> (the hub waits as soon as the
    /// network does), stateful reconnects (never offered), sub-protocols (never agreed on).
    /// </summary>
    public HttpConnectionDispatcherOptions Dispatcher { get; } = new();

    /// <summary>Put around the hub, for connections of either transport; the first is the outermost.</summary>
    public IList<Func<ConnectionDelegate, ConnectionDelegate>> Middleware { get; } = [];

    /// <summary>
    /// Whether frames go straight to the socket where that is possible: over HTTP/1.1 without TLS, on a server that shows its
    /// sockets, with nothing between them that changes bytes. Otherwise, and when this is off, they go through the server. Default: on.
    /// </summary>
    public bool WritesToSocket { get; set; } = true;

    /// <summary>
    /// Whether a WebSocket goes on when the request that opened it has ended, on servers that allow it (see
    /// <see cref="HubConnectionsExtensions.UseHubConnections"/>): it weighs a quarter less then. Hubs get a copy of the request from
    /// <c>GetHttpContext</c>, and <c>IHttpContextAccessor</c> has none. Turn it off if middleware must see the request last as long as
    /// its WebSocket, such as a limiter of concurrent requests. It is off by itself while Kestrel's
    /// <c>MaxConcurrentUpgradedConnections</c> is set. Default: on.
    /// </summary>
    public bool OutlivesRequest { get; set; } = true;

    /// <summary>
    /// How many bytes of <see cref="IFrameWriter"/>'s frames may wait for one connection before they are refused. What the
    /// hub itself writes is not refused: it waits. Default: 1 MiB.
    /// </summary>
    public long MaxQueuedBytes { get; set; } = 1024 * 1024;

    /// <summary>
    /// How long a negotiated connection waits for its client's first request. Default: 15 seconds.
    /// </summary>
    public TimeSpan NegotiationTimeout { get; set; } = TimeSpan.FromSeconds(15);
}
