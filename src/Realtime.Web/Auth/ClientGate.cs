using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Realtime.Web.Api;

namespace Realtime.Web.Auth;

/// <summary>
/// Stands before the hub and the endpoints of clients: answers the preflight requests of pages from <see cref="AllowedOrigins"/>, and
/// refuses pages of other origins before anything else looks at the request. In front of the application's own pipeline, so that it
/// needs nothing of it.
/// </summary>
internal sealed class ClientGate(OriginGate origins) : IStartupFilter
{
    private static readonly PathString Rooms = "/rooms";

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.UseWhen(IsGuarded, guarded => guarded.UseCors(Policies.Client).Use(RefuseForeign));
        next(app);
    };

    private static bool IsGuarded(HttpContext context) =>
        context.Request.Path.StartsWithSegments(MapRealtimeExtensions.HubPath) || context.Request.Path.StartsWithSegments(Rooms);

    private Task RefuseForeign(HttpContext context, RequestDelegate next) =>
        origins.Admits(context.Request) ? next(context) : Problem.WriteAsync(context, OriginGate.Refusal);
}
