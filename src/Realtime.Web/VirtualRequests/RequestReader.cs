using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Realtime.Web.Hubs;

namespace Realtime.Web.VirtualRequests;

/// <summary>Reads what a client sent as a request, and says what is wrong with it (contract V-2, V-6).</summary>
internal static class RequestReader
{
    private const string Json = "application/json; charset=utf-8";

    /// <param name="argument">The request, as either hub protocol gives it: <c>{method?, url, headers?, body?}</c>.</param>
    /// <param name="origin">The origin of the connection.</param>
    /// <param name="options">The limits.</param>
    /// <exception cref="RealtimeException"><see cref="ErrorCodes.InvalidRequest"/> or <see cref="ErrorCodes.PayloadTooLarge"/></exception>
    public static VirtualRequest Read(object? argument, Uri origin, VirtualRequestSettings options)
    {
        // MessagePack gives maps and arrays.
        var request = argument as JsonElement? ?? JsonElement.Parse(PayloadReader.Read(argument).Span);
        if (request.ValueKind != JsonValueKind.Object)
            throw Bad("A request is an object: {method, url, headers, body}.");
        var method = MethodOf(request);
        var headers = RequestHeaders.Read(Member(request, "headers"));
        var target = RequestTarget.Parse(Member(request, "url") is { ValueKind: JsonValueKind.String } url ? url.GetString()! : string.Empty, origin);
        return new VirtualRequest(method, target, headers, BodyOf(Member(request, "body"), headers, options));
    }

    private static string MethodOf(JsonElement request) => Member(request, "method") switch
    {
        null => HttpMethods.Get,
        { ValueKind: JsonValueKind.String } given => given.GetString()!.ToUpperInvariant() switch
        {
            "GET" => HttpMethods.Get,
            "POST" => HttpMethods.Post,
            "PUT" => HttpMethods.Put,
            "PATCH" => HttpMethods.Patch,
            "DELETE" => HttpMethods.Delete,
            "HEAD" => HttpMethods.Head,
            "OPTIONS" => HttpMethods.Options,
            _ => throw Bad(Methods),
        },
        _ => throw Bad(Methods),
    };

    private const string Methods = "The method must be GET, POST, PUT, PATCH, DELETE, HEAD or OPTIONS.";

    // Data is the body for every verb, also GET and DELETE (contract B-9, V-10).
    private static ReadOnlyMemory<byte> BodyOf(JsonElement? given, IHeaderDictionary headers, VirtualRequestSettings options)
    {
        if (given is not { } data)
        {
            headers.ContentType = default;
            return default;
        }
        var isText = !IsJson(headers);
        if (isText && data.ValueKind != JsonValueKind.String)
            throw Bad("A body that is no string is sent as JSON: leave out the content-type.");
        var bytes = isText ? Encoding.UTF8.GetBytes(data.GetString()!) : Raw(data, options);
        if (bytes.Length > options.RequestBytes)
            throw TooLarge(bytes.Length, options);
        if (!isText)
            headers.ContentType = Json;
        headers.ContentLength = bytes.Length;
        return bytes;
    }

    private static byte[] Raw(JsonElement data, VirtualRequestSettings options)
    {
        var raw = JsonMarshal.GetRawUtf8Value(data);
        return raw.Length > options.RequestBytes ? throw TooLarge(raw.Length, options) : raw.ToArray();
    }

    private static bool IsJson(IHeaderDictionary headers)
    {
        var type = headers.ContentType.ToString();
        return type.Length == 0 || (MediaTypeHeaderValue.TryParse(type, out var media)
            && (media.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
                || media.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase)));
    }

    private static JsonElement? Member(JsonElement request, string name) =>
        request.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static RealtimeException Bad(string sentence) => new(ErrorCodes.InvalidRequest, sentence);

    private static RealtimeException TooLarge(int bytes, VirtualRequestSettings options) =>
        new(ErrorCodes.PayloadTooLarge, $"The body is {bytes} bytes; the limit is {options.RequestBytes}.");
}
