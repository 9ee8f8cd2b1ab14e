using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Realtime.Web.Client;

/// <summary>The files for browsers that the service carries within itself.</summary>
public static class ClientEndpoints
{
    private const string Script = "realtime.js";
    private const string Module = "realtime.mjs";
    private const string DemoFolder = "demo/";
    private const string DemoPage = DemoFolder + "index.html";

    // The pages need no inline script or style, so none is allowed.
    private const string PagePolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>
    /// Serves the JavaScript client under stable addresses: <c>/realtime.js</c> for a script tag, <c>/realtime.mjs</c> for
    /// <c>import</c>. Browsers ask on each load whether they are still the same, so pages get a new version with the service's.
    /// </summary>
    /// <param name="endpoints">Where to map it.</param>
    public static IEndpointConventionBuilder MapRealtimeClient(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/");
        foreach (var name in (string[])[Script, Module])
            Serve(group, "/" + name, ClientFile.All[name]);
        return group;
    }

    /// <summary>Serves the demo page under <c>/</c> and its files under <c>/demo/</c>. It needs <see cref="MapRealtimeClient"/>.</summary>
    /// <param name="endpoints">Where to map it.</param>
    public static IEndpointConventionBuilder MapRealtimeDemo(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/");
        foreach (var file in ClientFile.All.Values.Where(file => file.Name.StartsWith(DemoFolder, StringComparison.Ordinal)))
            Serve(group, file.Name == DemoPage ? "/" : "/" + file.Name, file);
        return group;
    }

    private static RouteHandlerBuilder Serve(IEndpointRouteBuilder endpoints, string pattern, ClientFile file)
    {
        var isPage = file.Name == DemoPage;
        return endpoints.MapMethods(pattern, Reading, (HttpContext context) =>
        {
            if (isPage)
            {
                context.Response.Headers.ContentSecurityPolicy = PagePolicy;
                context.Response.Headers["Referrer-Policy"] = "same-origin";
            }
            return file.Send(context);
        }).ExcludeFromDescription().AllowAnonymous();
    }
}
