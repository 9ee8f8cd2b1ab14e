using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using Realtime.Web.Rooms;

namespace Realtime.Web.Api;

/// <summary>What goes to more than one room, for servers in any language.</summary>
internal static class BroadcastApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var all = api.MapGroup(string.Empty).WithTags("Rooms");
        all.MapPost("/broadcast", BroadcastAsync)
            .WithSummary("Says something to several rooms; a socket that is in two of them gets it once")
            .Accepts<ManyBroadcastRequest>("application/json")
            .WithName("BroadcastToRooms");
        all.MapPost("/blast", BlastAsync)
            .WithSummary("Says something to every socket that is connected")
            .Accepts<BlastRequest>("application/json")
            .WithName("Blast");
    }

    private static async Task<Ok<IReadOnlyList<Receipt>>> BroadcastAsync(HttpContext context, IRooms rooms, IOptions<RealtimeOptions> options)
    {
        var request = await JsonBody.ReadAsync<ManyBroadcastRequest>(context.Request, options.Value);
        return TypedResults.Ok(await rooms.BroadcastAsync(
            EventData.Rooms(request.Rooms, options.Value), EventName.Parse(request.Event), EventData.Of(request.Data),
            EventData.Omit(request.Omit), Limits.CheckKey(request.IdempotencyKey), context.RequestAborted));
    }

    private static async Task<Ok<Count>> BlastAsync(HttpContext context, IRooms rooms, IOptions<RealtimeOptions> options)
    {
        var request = await JsonBody.ReadAsync<BlastRequest>(context.Request, options.Value);
        return TypedResults.Ok(new Count(await rooms.BlastAsync(
            EventName.Parse(request.Event), EventData.Of(request.Data), EventData.Omit(request.Omit), Limits.CheckKey(request.IdempotencyKey),
            context.RequestAborted)));
    }
}
