using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using Realtime.Web.HttpSessions;

namespace Realtime.Web.VirtualRequests;

/// <summary>
/// The cookies of a connection: those of its handshake, and what answers to its requests have made of them since. They never
/// reach the client's code; later requests carry them, so that a session that begins or changes over a socket is followed
/// (contract V-19).
/// </summary>
/// <param name="handshake">The handshake's header <c>Cookie</c>.</param>
/// <param name="ofSession">The name of the cookie by which the application finds an HTTP session, if it has such.</param>
internal sealed class CookieJar(StringValues handshake, string? ofSession = null)
{
    // The application sets them, but a client may be able to make it set many.
    private const int Most = 64;

    private readonly Lock _gate = new();
    private readonly string _handshake = string.Join("; ", handshake.ToArray());
    private readonly Dictionary<string, Set> _set = new(StringComparer.Ordinal);

    /// <summary>What the application finds where it finds no session's cookie. Look at the cookies first, then at this.</summary>
    public AnonymousSession Anonymous { get; private set; } = new();

    /// <summary>The value of the header <c>Cookie</c> for a path; empty when there are none.</summary>
    public StringValues For(PathString path)
    {
        lock (_gate)
            return _set.Count > 0 ? Merge(path) : _handshake.Length > 0 ? _handshake : default;
    }

    /// <summary>Takes note of the values of the header <c>Set-Cookie</c>.</summary>
    public void Take(StringValues setCookies)
    {
        foreach (var text in setCookies)
        {
            if (!SetCookieHeaderValue.TryParse(text, out var cookie))
                continue;
            var until = cookie.MaxAge is { } age ? DateTimeOffset.UtcNow + Shorter(age) : cookie.Expires ?? DateTimeOffset.MaxValue;
            var name = cookie.Name.ToString();
            lock (_gate)
            {
                // The application, since the middleware sets none here, ends its session or takes up another: nobody finds the old one again.
                if (name == ofSession)
                    Anonymous = new AnonymousSession();
                if (_set.Count < Most || _set.ContainsKey(name))
                    _set[name] = new Set(cookie.Value.ToString(), cookie.Path.HasValue ? cookie.Path.ToString() : "/", until);
            }
        }
    }

    private StringValues Merge(PathString path)
    {
        var cookies = new StringBuilder();
        foreach (var pair in _handshake.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!_set.ContainsKey(pair.Split('=', 2)[0].Trim()))
                Add(pair);
        }
        var now = DateTimeOffset.UtcNow;
        foreach (var (name, set) in _set)
        {
            if (set.Until > now && (set.Path == "/" || path.StartsWithSegments(set.Path.TrimEnd('/'), StringComparison.Ordinal)))
                Add($"{name}={set.Value}");
        }
        return cookies.Length > 0 ? cookies.ToString() : default(StringValues);

        void Add(string pair) => cookies.Append(cookies.Length > 0 ? "; " : string.Empty).Append(pair);
    }

    private static TimeSpan Shorter(TimeSpan age) => age > TimeSpan.FromDays(400) ? TimeSpan.FromDays(400) : age;

    private sealed record Set(string Value, string Path, DateTimeOffset Until);
}
