using Microsoft.AspNetCore.Http;

namespace Realtime.Web.Api;

/// <summary>Turns refusals of endpoints into problem documents.</summary>
internal sealed class ProblemFilter(RefusalMetrics metrics) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (RealtimeException refused)
        {
            metrics.Note(refused, "http");
            await Problem.WriteAsync(context.HttpContext, refused);
            return Results.Empty;
        }
    }
}
