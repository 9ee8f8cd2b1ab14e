using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Realtime.Web.Tests.HttpSessions;

/// <summary>What the application does with HTTP sessions.</summary>
internal static class SessionRoutes
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost("/session/count", Count);
        app.MapPost("/session/mark/{key}/{gate}", MarkAsync);
        app.MapPost("/session/forget/{key}", (HttpContext context, string key) => context.Session.Remove(key));
        app.MapGet("/session/keys", (HttpContext context) => context.Session.Keys.Order());
        app.MapGet("/session/id/{gate}", async (HttpContext context, string gate, Gates gates) =>
        {
            await gates[gate].PassAsync();
            return context.Session.Id;
        });
        app.MapPost("/session/end", (HttpContext context) => context.Response.Cookies.Delete(".AspNetCore.Session"));
    }

    // Looks at the session, waits, and changes it.
    private static async Task MarkAsync(HttpContext context, string key, string gate, Gates gates)
    {
        _ = context.Session.GetString(key);
        await gates[gate].PassAsync();
        context.Session.SetString(key, "set");
    }

    private static int Count(HttpContext context)
    {
        var count = (context.Session.GetInt32("count") ?? 0) + 1;
        context.Session.SetInt32("count", count);
        return count;
    }
}
