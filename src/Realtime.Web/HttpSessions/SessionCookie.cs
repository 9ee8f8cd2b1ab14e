using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace Realtime.Web.HttpSessions;

/// <summary>
/// A script for pages of other origins, which Sails' client loads before it connects so that the browser has a session's cookie by then
/// (contract V-22). The cookie is the application's, as it has configured it; across origins it needs <c>SameSite=None</c>.
/// </summary>
internal static class SessionCookie
{
    public const string Path = "/__getcookie";

    private const string Script = "_sailsIoJSConnect();";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet(Path, Grant).ExcludeFromDescription();

    private static IResult Grant(HttpContext context)
    {
        // A session begins when something is in it.
        context.Features.Get<ISessionFeature>()?.Session.SetString("realtime", "connects");
        return Results.Text(Script, "application/javascript");
    }
}
