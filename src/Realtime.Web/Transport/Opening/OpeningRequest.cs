using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Realtime.Web.Transport.Opening;

/// <summary>The HTTP request that opened a WebSocket, as its connection and the hub see it for as long as they live.</summary>
/// <param name="context">The request, while it runs.</param>
internal abstract class OpeningRequest(HttpContext context) : IAsyncDisposable
{
    /// <summary>Who the client was found to be.</summary>
    public ClaimsPrincipal User { get; } = context.User;

    /// <summary>Until when that is good.</summary>
    public DateTimeOffset Expires { get; } =
        context.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult?.Properties?.ExpiresUtc ?? DateTimeOffset.MaxValue;

    /// <summary>The query, with its question mark; empty without one.</summary>
    public abstract string Query { get; }

    /// <summary>What the hub gets from <c>GetHttpContext</c>.</summary>
    public abstract HttpContext Context { get; }

    /// <summary>Who is at the two ends.</summary>
    public abstract IHttpConnectionFeature Ends { get; }

    /// <summary>The same as end points, if the server tells.</summary>
    public abstract object? EndPoints { get; }

    /// <summary>Breaks the connection.</summary>
    public abstract void Abort();

    /// <summary>The connection has ended.</summary>
    public abstract ValueTask DisposeAsync();
}
