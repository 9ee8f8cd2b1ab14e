using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace Realtime.Web.Api;

/// <summary>
/// The room of a path. Any character may be in it, percent-encoded; the server leaves <c>%2F</c> as it is when it decodes
/// a path, so that the name is taken from the request's own line.
/// </summary>
internal static class RoomInPath
{
    public const string Parameter = "room";

    public static RoomName Read(HttpContext context, RealtimeOptions options)
    {
        var decoded = context.GetRouteValue(Parameter) as string;
        return Limits.ParseRoom(FromRequestLine(context) ?? decoded?.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase), options);
    }

    private static string? FromRequestLine(HttpContext context)
    {
        var target = context.Features.Get<IHttpRequestFeature>()?.RawTarget;
        if (string.IsNullOrEmpty(target) || target[0] != '/' || context.GetEndpoint() is not RouteEndpoint endpoint)
            return null;
        var segments = target.Split('?')[0].Split('/');
        var at = -1;
        for (var i = 0; i < endpoint.RoutePattern.PathSegments.Count; i++)
        {
            if (endpoint.RoutePattern.PathSegments[i].Parts is [Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart { Name: Parameter }])
                at = i;
        }
        var before = 1 + context.Request.PathBase.Value!.Count(c => c == '/');
        // Dot segments, which the server removes, would shift everything.
        var expected = before + endpoint.RoutePattern.PathSegments.Count;
        return at >= 0 && segments.Length == expected ? Uri.UnescapeDataString(segments[before + at]) : null;
    }
}
