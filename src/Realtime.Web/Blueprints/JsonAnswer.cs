using Microsoft.AspNetCore.Http;

namespace Realtime.Web.Blueprints;

/// <summary>An answer that is written already.</summary>
internal sealed class JsonAnswer(byte[] body, int status) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        (response.StatusCode, response.ContentType, response.ContentLength) = (status, "application/json; charset=utf-8", body.Length);
        await response.Body.WriteAsync(body, httpContext.RequestAborted);
    }
}
