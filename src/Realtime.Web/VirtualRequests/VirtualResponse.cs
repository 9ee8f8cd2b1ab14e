using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Realtime.Web.Api;
using Realtime.Web.Json;

namespace Realtime.Web.VirtualRequests;

/// <summary>
/// The answer to a virtual request: <c>{body, headers, statusCode}</c> (contract V-3). The body is a value, not text, and is
/// absent when there is none; names of headers are lower-case.
/// </summary>
/// <param name="StatusCode">As in HTTP.</param>
/// <param name="Headers">Those that the application set, but for cookies and what only concerns a connection.</param>
/// <param name="Body">The body.</param>
[JsonConverter(typeof(VirtualResponseJson))]
internal sealed record VirtualResponse(int StatusCode, IReadOnlyDictionary<string, string> Headers, VirtualBody Body)
{
    private static readonly Dictionary<string, string> NoHeaders = [];
    private static readonly Dictionary<string, string> ProblemHeaders = new() { ["content-type"] = Problem.ContentType };

    /// <summary>A request that was not served.</summary>
    public static VirtualResponse Of(RealtimeException refused, int status) =>
        new(status, ProblemHeaders, VirtualBody.OfJson(RealtimeJson.Write(Problem.Of(refused, status))));

    /// <summary>What the application has answered.</summary>
    public static VirtualResponse Of(ResponseSide response, string method, bool isUnmatched)
    {
        var hasBody = !HttpMethods.IsHead(method) && response.StatusCode is not (StatusCodes.Status204NoContent or StatusCodes.Status304NotModified);
        var body = hasBody ? VirtualBody.Of(response.Headers.ContentType, response.Content.Written) : VirtualBody.None;
        // Contract V-15.
        if (isUnmatched && hasBody && body.Kind == BodyKind.None)
            body = VirtualBody.OfText("Not Found");
        return new(response.StatusCode, Collect(response.Headers), body);
    }

    private static Dictionary<string, string> Collect(IHeaderDictionary headers)
    {
        if (headers.Count == 0)
            return NoHeaders;
        var collected = new Dictionary<string, string>(headers.Count);
        foreach (var (name, values) in headers)
        {
            var lower = name.ToLowerInvariant();
            if (lower is not ("set-cookie" or "connection" or "keep-alive" or "trailer" or "transfer-encoding" or "upgrade"))
                collected[lower] = values.ToString();
        }
        return collected;
    }
}
