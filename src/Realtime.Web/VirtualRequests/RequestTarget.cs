using Microsoft.AspNetCore.Http;

namespace Realtime.Web.VirtualRequests;

/// <summary>Where a request goes.</summary>
/// <param name="Raw">As a client would write it in the first line of an HTTP request.</param>
/// <param name="Path">Decoded, but for <c>%2F</c>, and without dot segments, as the server does it.</param>
/// <param name="Query">With its question mark, or empty.</param>
internal sealed record RequestTarget(string Raw, PathString Path, string Query)
{
    /// <summary>Reads a URL: a path with an optional query, or the same behind the origin of the connection (contract V-2).</summary>
    /// <exception cref="RealtimeException"><see cref="ErrorCodes.InvalidRequest"/></exception>
    public static RequestTarget Parse(string url, Uri origin)
    {
        if (url.Length == 0 || (url[0] != '/' && !url.Contains("://", StringComparison.Ordinal)))
            throw Bad("The url must begin with a slash, as \"/user?limit=10\".");
        if (!Uri.TryCreate(origin, url, out var uri))
            throw Bad("The url is malformed.");
        // "//host/path" names a host too.
        if (!uri.Authority.Equals(origin.Authority, StringComparison.OrdinalIgnoreCase) || uri.UserInfo.Length > 0 || !IsWeb(uri.Scheme))
            throw Bad("The url names another host: only this application can be called over its socket. Send the path alone.");
        return uri.AbsolutePath.Contains("%00", StringComparison.Ordinal)
            ? throw Bad("The url holds a null character.")
            : new RequestTarget(uri.PathAndQuery, PathString.FromUriComponent(uri.AbsolutePath), uri.Query);
    }

    private static bool IsWeb(string scheme) => scheme is "http" or "https" or "ws" or "wss";

    private static RealtimeException Bad(string sentence) => new(ErrorCodes.InvalidRequest, sentence);
}
