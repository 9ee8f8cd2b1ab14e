using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Realtime.Web.Auth;

/// <summary>
/// Keeps pages of other origins out (contract L-2): browsers do not for WebSockets. Its own origin may, and those that are
/// configured; in Development any may. A request without an origin is no page's, so the credential alone decides (D-6).
/// </summary>
internal sealed class OriginGate(IOptions<RealtimeOptions> options, IHostEnvironment environment)
{
    public bool Admits(HttpRequest request)
    {
        var origin = request.Headers.Origin.ToString();
        return origin.Length == 0
            || environment.IsDevelopment()
            || origin == $"{request.Scheme}://{request.Host}"
            || options.Value.Auth.AllowedOrigins.Contains(origin);
    }

    public static RealtimeException Refusal => new(ErrorCodes.Forbidden,
        "Pages of this origin may not connect: add it to Realtime:Auth:AllowedOrigins.");
}
