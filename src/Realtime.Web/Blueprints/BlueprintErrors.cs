using Microsoft.AspNetCore.Http;

namespace Realtime.Web.Blueprints;

/// <summary>Turns refusals of blueprint actions into the answers of the contract (B-25, B-27).</summary>
internal sealed class BlueprintErrors : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (RealtimeException refused) when (refused.Code == ErrorCodes.Forbidden)
        {
            return Results.Text("Forbidden", statusCode: StatusCodes.Status403Forbidden);
        }
        catch (RealtimeException refused)
        {
            return Refusal.Of(context.HttpContext.Request, refused.Code, refused.Message);
        }
    }
}
