using Microsoft.AspNetCore.Connections;

namespace Realtime.Web.Transport.Opening;

/// <summary>Settings of a server's endpoints.</summary>
public static class HubConnectionsExtensions
{
    /// <summary>
    /// Lets WebSockets outlive the HTTP request that opened them: each then weighs a quarter less, and its request is logged, measured and
    /// disposed when it is answered, not when the client goes. Endpoints of Kestrel have this by default when <c>AddRealtime</c> was
    /// called, unless the application calls <c>ConfigureEndpointDefaults</c> itself. With TLS it works behind <c>UseHttps</c> only.
    /// </summary>
    /// <param name="endpoint">The endpoint, such as Kestrel's <c>ListenOptions</c>.</param>
    /// <returns>The endpoint.</returns>
    public static IConnectionBuilder UseHubConnections(this IConnectionBuilder endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return endpoint.Use(Handover.Around);
    }
}
