using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace Realtime.Web.VirtualRequests;

/// <summary>
/// What virtual requests take over from the request that opened their connection, whatever they say themselves (contract
/// V-9, V-11): who the client is to the network, which host it called, its origin and cookies, and what a proxy said.
/// </summary>
internal sealed class Handshake
{
    // Only if the request says nothing itself.
    private static readonly string[] Defaults = ["Accept-Language", "Authorization", "User-Agent"];

    private readonly List<KeyValuePair<string, StringValues>> _fixed = [];
    private readonly List<KeyValuePair<string, StringValues>> _defaults = [];
    private readonly IList<string> _proxyHeaders;

    public Handshake(HttpContext context, VirtualRequestSettings options)
    {
        var request = context.Request;
        (Scheme, Host, Protocol, _proxyHeaders) = (request.Scheme, request.Host, request.Protocol, options.ProxyHeaders);
        var connection = context.Connection;
        (ConnectionId, RemoteAddress, RemotePort) = (connection.Id, connection.RemoteIpAddress, connection.RemotePort);
        (LocalAddress, LocalPort) = (connection.LocalIpAddress, connection.LocalPort);
        Certificate = context.Features.Get<ITlsConnectionFeature>();
        Origin = Uri.TryCreate($"{Scheme}://{Host}", UriKind.Absolute, out var origin) ? origin : new Uri($"{Scheme}://localhost");
        Cookies = new CookieJar(request.Headers.Cookie, context.RequestServices.GetService<IOptions<SessionOptions>>()?.Value.Cookie.Name);
        HasSession = !IsTrue(request.Headers["nosession"]) && !IsTrue(request.Query["nosession"]);
        Keep(request);
    }

    public string ConnectionId { get; }

    public string Scheme { get; }

    public HostString Host { get; }

    public string Protocol { get; }

    public IPAddress? RemoteAddress { get; }

    public int RemotePort { get; }

    public IPAddress? LocalAddress { get; }

    public int LocalPort { get; }

    public ITlsConnectionFeature? Certificate { get; }

    /// <summary>Scheme and host.</summary>
    public Uri Origin { get; }

    /// <summary>The handshake's cookies, and those that answers have set since (V-19).</summary>
    public CookieJar Cookies { get; }

    /// <summary>Whether requests have an HTTP session, if the application has such; a client may want none (V-20).</summary>
    public bool HasSession { get; }

    /// <summary>Makes the headers of a request those of this connection.</summary>
    public void Complete(IHeaderDictionary headers, PathString path)
    {
        foreach (var name in headers.Keys.Where(IsProxys).ToArray())
            headers.Remove(name);
        foreach (var (name, value) in _defaults)
        {
            if (!headers.ContainsKey(name))
                headers[name] = value;
        }
        headers.Remove("Origin");
        foreach (var (name, value) in _fixed)
            headers[name] = value;
        headers.Host = Host.Value;
        headers.Cookie = Cookies.For(path);
        if (headers.Accept.Count == 0)
            headers.Accept = "application/json";
    }

    private void Keep(HttpRequest request)
    {
        // Middleware that has taken a proxy's word leaves what was there as X-Original-*: the addresses above are the outcome
        // already, and it must not take the rest for the word of a second proxy.
        var isResolved = request.Headers.Keys.Any(name => name.StartsWith("X-Original-", StringComparison.OrdinalIgnoreCase));
        foreach (var header in request.Headers)
        {
            if (header.Key.Equals("Origin", StringComparison.OrdinalIgnoreCase) || (IsProxys(header.Key) && !(isResolved && IsForwarding(header.Key))))
                _fixed.Add(header);
        }
        foreach (var name in Defaults)
        {
            if (request.Headers.TryGetValue(name, out var value))
                _defaults.Add(new(name, value));
        }
        // Where browsers put a token, since they cannot set headers on a WebSocket.
        if (request.Query["access_token"] is [{ Length: > 0 } token, ..] && !request.Headers.ContainsKey("Authorization"))
            _defaults.Add(new("Authorization", $"Bearer {token}"));
    }

    private static bool IsTrue(StringValues flag) => flag.ToString() is { Length: > 0 } given and not ("false" or "0");

    private bool IsProxys(string name) =>
        IsForwarding(name) || name.Equals("X-Real-IP", StringComparison.OrdinalIgnoreCase) || _proxyHeaders.Contains(name, StringComparer.OrdinalIgnoreCase);

    private static bool IsForwarding(string name) =>
        name.Equals("Forwarded", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("X-Forwarded-", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("X-Original-", StringComparison.OrdinalIgnoreCase);
}
