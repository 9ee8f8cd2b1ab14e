using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Realtime.Web.Json;

namespace Realtime.Web.Api;

/// <summary>Reads a request's body: strictly, up to a bound, and with errors that say what to do.</summary>
internal static class JsonBody
{
    // Room for names and braces around the data.
    private const int Around = 16 * 1024;

    /// <exception cref="RealtimeException"><see cref="ErrorCodes.InvalidRequest"/> or <see cref="ErrorCodes.PayloadTooLarge"/></exception>
    public static async Task<T> ReadAsync<T>(HttpRequest request, RealtimeOptions options)
        where T : class
    {
        if (!request.HasJsonContentType())
            throw new RealtimeException(ErrorCodes.InvalidRequest, "Send JSON, with the header content-type: application/json.");
        var body = await ReadAsync(request, (options.Limits.PayloadBytes * 2) + Around);
        try
        {
            return JsonSerializer.Deserialize<T>(body.Span, RealtimeJson.Options)
                ?? throw new RealtimeException(ErrorCodes.InvalidRequest, "The body must be a JSON object, not null.");
        }
        catch (JsonException wrong)
        {
            throw new RealtimeException(ErrorCodes.InvalidRequest, Explain(wrong), wrong);
        }
    }

    /// <summary>The same where the body may be left out.</summary>
    /// <exception cref="RealtimeException"><see cref="ErrorCodes.InvalidRequest"/> or <see cref="ErrorCodes.PayloadTooLarge"/></exception>
    public static async Task<T?> ReadIfAnyAsync<T>(HttpRequest request, RealtimeOptions options)
        where T : class
    {
        var hasNone = request.ContentLength is 0
            || request.HttpContext.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false };
        return hasNone ? null : await ReadAsync<T>(request, options);
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request, int limit)
    {
        if (request.ContentLength > limit)
            throw TooLarge(limit);
        while (true)
        {
            var read = await request.BodyReader.ReadAsync(request.HttpContext.RequestAborted);
            var (isTooLarge, isComplete) = (read.Buffer.Length > limit, read.IsCompleted);
            var body = isComplete && !isTooLarge ? read.Buffer.ToArray() : null;
            request.BodyReader.AdvanceTo(isComplete || isTooLarge ? read.Buffer.End : read.Buffer.Start, read.Buffer.End);
            if (isTooLarge)
                throw TooLarge(limit);
            if (body is not null)
                return body;
        }
    }

    private static RealtimeException TooLarge(int limit) =>
        new(ErrorCodes.PayloadTooLarge, $"The body is larger than {limit} bytes.");

    // The serializer's own sentences name our types: callers know fields.
    private static string Explain(JsonException wrong)
    {
        var where = wrong.Path is { Length: > 1 } path ? $" at {path}" : string.Empty;
        if (wrong.Message.Contains("could not be mapped", StringComparison.Ordinal))
            return $"The body has a field that is not known here{where}: remove it, or correct its name.";
        if (wrong.Message.Contains("missing required", StringComparison.Ordinal))
            return $"The body lacks a field that is needed{where}: {FieldsIn(wrong.Message)}.";
        return $"The body is no JSON of the expected form{where}, line {wrong.LineNumber + 1}, byte {wrong.BytePositionInLine}.";
    }

    private static string FieldsIn(string message)
    {
        var colon = message.LastIndexOf(':');
        return colon < 0 ? "see the API's description" : message[(colon + 1)..].Trim().TrimEnd('.');
    }
}
