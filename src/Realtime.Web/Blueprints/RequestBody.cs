using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Realtime.Web.Blueprints;

/// <summary>Reads the JSON body of a blueprint request, which may have none.</summary>
internal static class RequestBody
{
    /// <exception cref="RealtimeException"><see cref="ErrorCodes.InvalidRequest"/> or <see cref="ErrorCodes.PayloadTooLarge"/></exception>
    public static async Task<JsonElement?> ReadAsync(HttpRequest request, int maxBytes)
    {
        if (request.ContentLength > maxBytes)
            throw TooLarge(maxBytes);
        using var bytes = new MemoryStream((int)(request.ContentLength ?? 0));
        var chunk = new byte[4096];
        for (int read; (read = await request.Body.ReadAsync(chunk, request.HttpContext.RequestAborted)) > 0;)
        {
            if (bytes.Length + read > maxBytes)
                throw TooLarge(maxBytes);
            bytes.Write(chunk, 0, read);
        }
        if (bytes.Length == 0)
            return null;
        if (!request.HasJsonContentType())
            throw new RealtimeException(ErrorCodes.InvalidRequest, "Send JSON, with the header content-type: application/json.");
        try
        {
            return JsonElement.Parse(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
        }
        catch (JsonException wrong)
        {
            throw new RealtimeException(ErrorCodes.InvalidRequest, $"The body is no JSON: line {wrong.LineNumber + 1}, byte {wrong.BytePositionInLine}.", wrong);
        }
    }

    private static RealtimeException TooLarge(int limit) => new(ErrorCodes.PayloadTooLarge, $"The body is larger than {limit} bytes.");
}
