using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Realtime.Web.HttpSessions;

namespace Realtime.Web.VirtualRequests;

/// <summary>
/// Shows a call of the hub to what judges requests, a policy say: as a GET of the hub's path by the same socket and user, with
/// the headers and cookies that its virtual requests have, and services of its own.
/// </summary>
internal sealed class HubCalls(Pipeline pipeline, IHttpContextFactory contexts, SessionTurns sessions, IOptions<RealtimeOptions> options)
{
    /// <summary>Asks about a call.</summary>
    /// <param name="client">Who calls.</param>
    /// <param name="user">Who that is.</param>
    /// <param name="ask">The question.</param>
    public Task<T> AskAsync<T>(SocketRequests client, ClaimsPrincipal user, Func<HttpContext, ValueTask<T>> ask) => pipeline.Start(async () =>
    {
        var target = new RequestTarget(MapRealtimeExtensions.HubPath, MapRealtimeExtensions.HubPath, string.Empty);
        var exchange = new Exchange(
            new VirtualRequest(HttpMethods.Get, target, new HeaderDictionary(), default), client, options.Value.VirtualRequests, sessions, client.Gone);
        var context = contexts.Create(exchange.Features);
        try
        {
            context.User = user;
            return await ask(context);
        }
        finally
        {
            await exchange.Response.CompleteAsync();    // the services of the request end here
            contexts.Dispose(context);
            exchange.Lifetime.Dispose();
        }
    });
}
