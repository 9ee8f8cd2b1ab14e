using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Realtime.Web.HttpSessions;

namespace Realtime.Web.Tests.HttpSessions;

/// <summary>What the application does with HTTP sessions.</summary>
internal static class SessionRoutes
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost("/session/count", Count);
        app.MapPost("/session/slow-count", (Delegate)SlowCountAsync);
        app.MapPost("/session/held-count/{gate}", HeldCountAsync);
        app.MapPost("/session/told-by/{gate}", ToldByAsync);
        app.MapPost("/session/tell/{gate}", (HttpContext context, string gate, Gates gates) => Tell(context, gates[gate])).WithMetadata(new ChangesSessionAttribute(false));
        app.MapGet("/session/declared/{gate}", HeldCountAsync).WithMetadata(new ChangesSessionAttribute());
        app.MapPost("/elsewhere/{gate}", async (string gate, Gates gates) => { await gates[gate].PassAsync(); return "elsewhere"; });
        app.MapPost("/follows/{gate}", async (string gate, Gates gates) => { await gates[gate].PassAsync(); return gate; });
        app.MapPost("/session/mark/{key}/{gate}", MarkAsync).WithMetadata(new ChangesSessionAttribute(false));
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

    // Every request waits between what it reads and what it writes.
    private static async Task<int> SlowCountAsync(HttpContext context)
    {
        var count = context.Session.GetInt32("count") ?? 0;
        await Task.Yield();
        context.Session.SetInt32("count", count + 1);
        return count + 1;
    }

    private static async Task<int> HeldCountAsync(HttpContext context, string gate, Gates gates)
    {
        var count = context.Session.GetInt32("count") ?? 0;
        await gates[gate].PassAsync();
        context.Session.SetInt32("count", count + 1);
        return count + 1;
    }

    // Changes the session, and waits until another request does something.
    private static async Task ToldByAsync(HttpContext context, string gate, Gates gates)
    {
        context.Session.SetString("told-by", "waits");
        await gates[gate].PassAsync();
    }

    private static void Tell(HttpContext context, Gate gate)
    {
        context.Session.SetString("tells", "now");
        gate.Open();
    }

    private static int Count(HttpContext context)
    {
        var count = (context.Session.GetInt32("count") ?? 0) + 1;
        context.Session.SetInt32("count", count);
        return count;
    }
}
