using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Realtime.Web.Auth;

/// <summary>
/// Answers the preflight requests of pages from <see cref="AllowedOrigins"/>, for the hub and the endpoints of clients. In front of the
/// application's own pipeline, so that it needs nothing of it.
/// </summary>
internal sealed class ClientCors : IStartupFilter
{
    private static readonly PathString Rooms = "/rooms";

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.UseWhen(
            context => context.Request.Path.StartsWithSegments(MapRealtimeExtensions.HubPath) || context.Request.Path.StartsWithSegments(Rooms),
            branch => branch.UseCors(Policies.Client));
        next(app);
    };
}
