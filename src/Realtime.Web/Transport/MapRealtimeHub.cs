using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.SignalR;

namespace Realtime.Web.Transport;

/// <summary>The door to the fast transport.</summary>
public static class RealtimeHubEndpoints
{
    /// <summary>
    /// Maps a SignalR hub like <c>MapHub</c>, for the same clients, protocols and options, but serves WebSockets with a
    /// transport of its own that writes each message in the calling thread. <c>AddSignalR</c> must have been called.
    /// </summary>
    /// <typeparam name="THub">The hub. Its attributes, such as those for authorization, hold for the endpoint.</typeparam>
    /// <param name="endpoints">Where to map.</param>
    /// <param name="pattern">The hub's path.</param>
    /// <param name="configure">Changes the options.</param>
    /// <returns>For conventions, such as <c>RequireAuthorization</c>; they hold for negotiation too.</returns>
    public static IEndpointConventionBuilder MapRealtimeHub<THub>(
        this IEndpointRouteBuilder endpoints, string pattern, Action<FastTransportOptions>? configure = null)
        where THub : Hub
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var options = new FastTransportOptions();
        configure?.Invoke(options);

        var services = endpoints.ServiceProvider;
        var connections = new ConnectionBuilder(services);
        foreach (var middleware in options.Middleware)
            connections.Use(middleware);
        var hub = connections.UseHub<THub>().Build();
        var endpoint = new HubEndpoint(options, hub, services);
        var mapped = endpoints.MapConnections(pattern, options.Dispatcher, stock => stock.Use(_ => endpoint.Stock.Under(hub)));
        var attributes = typeof(THub).GetCustomAttributes(inherit: true);
        mapped.Add(builder =>
        {
            foreach (var attribute in attributes)
            {
                builder.Metadata.Add(attribute);
            }

            builder.Metadata.Add(new HubMetadata(typeof(THub)));
            Serve(endpoints, builder, endpoint);
        });
        return mapped;
    }

    /// <summary>Puts ours before the stock endpoint; the WebSocket middleware checks handshakes and origins for both.</summary>
    private static void Serve(IEndpointRouteBuilder endpoints, EndpointBuilder builder, HubEndpoint endpoint)
    {
        var stock = builder.RequestDelegate!;
        var app = endpoints.CreateApplicationBuilder();
        app.UseWebSockets();
        if (builder.Metadata.OfType<NegotiateMetadata>().Any())
        {
            endpoint.Stock.Negotiate = stock;
            app.Run(endpoint.Negotiator.AnswerAsync);
        }
        else
        {
            endpoint.Stock.Execute = stock;
            app.Run(endpoint.ServeAsync);
        }

        builder.RequestDelegate = app.Build();
    }
}
