using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Realtime.Web.VirtualRequests;

/// <summary>Reads the headers of a request, as strict about their characters as a web server (contract V-11).</summary>
internal static class RequestHeaders
{
    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    // What they speak of is a connection or its encoding, and a socket has its own. Answers are not to be compressed.
    private static readonly HashSet<string> OfConnections = new(StringComparer.OrdinalIgnoreCase)
    {
        "accept-encoding", "connection", "content-encoding", "content-length", "expect", "host", "http2-settings", "keep-alive",
        "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade",
    };

    /// <exception cref="RealtimeException"><see cref="ErrorCodes.InvalidRequest"/></exception>
    public static IHeaderDictionary Read(JsonElement? given)
    {
        var headers = new HeaderDictionary();
        if (given is not { } all)
            return headers;
        if (all.ValueKind != JsonValueKind.Object)
            throw Bad("The headers must be an object of names and values.");
        foreach (var header in all.EnumerateObject())
        {
            if (header.Name.Length == 0 || header.Name.AsSpan().ContainsAnyExcept(NameCharacters))
                throw Bad("A header has a name that HTTP does not allow.");
            if (!OfConnections.Contains(header.Name) && !header.Name.StartsWith("sec-websocket-", StringComparison.OrdinalIgnoreCase)
                && Values(header.Value) is { Count: > 0 } values)
                headers[header.Name] = StringValues.Concat(headers[header.Name], values);
        }
        return headers;
    }

    private static StringValues Values(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array ? new StringValues([.. value.EnumerateArray().Select(Text).OfType<string>()]) : new StringValues(Text(value));

    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => Checked(value.GetString()!),
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => throw Bad("The value of a header must be a string."),
    };

    private static string Checked(string value)
    {
        foreach (var character in value)
        {
            if (char.IsControl(character) && character != '\t')
                throw Bad("The value of a header holds a control character.");
        }
        return value;
    }

    private static RealtimeException Bad(string sentence) => new(ErrorCodes.InvalidRequest, sentence);
}
