using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using Realtime.Web.Rooms;

namespace Realtime.Web.Api;

/// <summary>Several sockets into or out of several rooms with one request (contract ), for servers in any language.</summary>
internal static class PairsApi
{
    // Each is a command of its own.
    private const int Most = 10_000;

    public static void Map(RouteGroupBuilder api)
    {
        var all = api.MapGroup(string.Empty).WithTags("Rooms");
        all.MapPost("/join", JoinAsync)
            .WithSummary("Makes each of several sockets join each of several rooms")
            .Accepts<PairsRequest>("application/json")
            .WithName("JoinRooms");
        all.MapPost("/leave", LeaveAsync)
            .WithSummary("Makes each of several sockets leave each of several rooms")
            .Accepts<PairsRequest>("application/json")
            .WithName("LeaveRooms");
    }

    private static async Task<NoContent> JoinAsync(HttpContext context, IRooms rooms, IOptions<RealtimeOptions> options)
    {
        var (sockets, names) = await ReadAsync(context, options.Value);
        await rooms.JoinAsync(sockets, names, context.RequestAborted);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> LeaveAsync(HttpContext context, IRooms rooms, IOptions<RealtimeOptions> options)
    {
        var (sockets, names) = await ReadAsync(context, options.Value);
        await rooms.LeaveAsync(sockets, names, context.RequestAborted);
        return TypedResults.NoContent();
    }

    private static async Task<(SocketId[] Sockets, RoomName[] Rooms)> ReadAsync(HttpContext context, RealtimeOptions options)
    {
        var request = await JsonBody.ReadAsync<PairsRequest>(context.Request, options);
        var (sockets, rooms) = (EventData.Sockets(request.Sockets, options), EventData.Rooms(request.Rooms, options));
        if ((long)sockets.Length * rooms.Length > Most)
        {
            throw new RealtimeException(ErrorCodes.InvalidRequest,
                $"{sockets.Length} sockets and {rooms.Length} rooms at once are too many: {Most} memberships are the limit.");
        }
        return (sockets, rooms);
    }
}
