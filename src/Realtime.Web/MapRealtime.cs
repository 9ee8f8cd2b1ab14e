using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Realtime.Actors.Cluster;
using Realtime.Web.Api;
using Realtime.Web.Auth;
using Realtime.Web.HttpSessions;
using Realtime.Web.Hubs;
using Realtime.Web.Sockets;
using Realtime.Web.Transport;

namespace Realtime.Web;

/// <summary>Puts the service's endpoints into an application.</summary>
public static class MapRealtimeExtensions
{
    /// <summary>The path of the hub.</summary>
    public const string HubPath = "/realtime";

    /// <summary>
    /// Maps the hub, the HTTP API for servers and for clients, and the health endpoints. A node without the role <c>web</c> has no hub.
    /// </summary>
    public static IEndpointRouteBuilder MapRealtime(this IEndpointRouteBuilder routes)
    {
        if (routes.ServiceProvider.GetRequiredService<IOptions<RealtimeOptions>>().Value.Cluster.EffectiveRoles.Contains(Roles.Web))
            MapHub(routes);

        var api = routes.MapGroup("/api").RequireAuthorization(Policies.Server).AddEndpointFilter<ProblemFilter>();
        RoomsApi.Map(api);
        BroadcastApi.Map(api);
        PairsApi.Map(api);
        TopicsApi.Map(api);
        SocketsApi.Map(api);

        var clients = routes.MapGroup(string.Empty).RequireAuthorization(Policies.Client).AddEndpointFilter<ProblemFilter>();
        MembershipApi.Map(clients);

        if (routes.ServiceProvider.GetRequiredService<IOptions<RealtimeOptions>>().Value.Auth.GrantSessionCookie)
            SessionCookie.Map(routes);
        HealthApi.Map(routes);
        return routes;
    }

    private static void MapHub(IEndpointRouteBuilder routes)
    {
        var hub = routes.MapRealtimeHub<RealtimeHub>(HubPath, transport =>
        {
            transport.Middleware.Add(HubClient.Watch);
            // The client comes back with a fresh token, and resumes.
            transport.Dispatcher.CloseOnAuthenticationExpiration = true;
        });
        hub.RequireAuthorization(Policies.Client);
        hub.Add(routes.ServiceProvider.GetRequiredService<Door>().Guard);
    }
}
