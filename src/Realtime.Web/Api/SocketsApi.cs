using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using Realtime.Web.Rooms;
using Realtime.Web.Sockets;

namespace Realtime.Web.Api;

/// <summary>Single sockets, for servers in any language.</summary>
internal static class SocketsApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var sockets = api.MapGroup("/sockets/{socketId}").WithTags("Sockets");
        sockets.MapGet("", DescribeAsync).WithSummary("Tells how a socket is").WithName("DescribeSocket");
        sockets.MapDelete("", DisconnectAsync).WithSummary("Disconnects a socket for good").WithName("DisconnectSocket");
        sockets.MapDelete("/rooms", LeaveAllAsync).WithSummary("Makes a socket leave all rooms and topics").WithName("LeaveAllRooms");
        sockets.MapPost("/send", SendAsync)
            .WithSummary("Says something to one socket")
            .Accepts<SendRequest>("application/json")
            .WithName("SendToSocket");
    }

    private static async Task<Ok<SocketInfo>> DescribeAsync(string socketId, ISockets sockets, CancellationToken cancellation) =>
        TypedResults.Ok(await sockets.DescribeAsync(SocketId.Parse(socketId), cancellation));

    private static async Task<NoContent> DisconnectAsync(string socketId, ISockets sockets, CancellationToken cancellation)
    {
        await sockets.DisconnectAsync(SocketId.Parse(socketId), cancellation);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> LeaveAllAsync(string socketId, IRooms rooms, CancellationToken cancellation)
    {
        await rooms.LeaveAllAsync(SocketId.Parse(socketId), cancellation);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> SendAsync(HttpContext context, string socketId, ISockets sockets, IOptions<RealtimeOptions> options)
    {
        var socket = SocketId.Parse(socketId);
        var request = await JsonBody.ReadAsync<SendRequest>(context.Request, options.Value);
        await sockets.SendAsync(socket, EventName.Parse(request.Event), EventData.Of(request.Data), context.RequestAborted);
        return TypedResults.NoContent();
    }
}

/// <summary>A message to one socket, over HTTP.</summary>
internal sealed record SendRequest
{
    /// <summary>The event; <c>message</c> when it is left out.</summary>
    public string? Event { get; init; }

    /// <summary>The data: any JSON.</summary>
    public JsonElement Data { get; init; }
}
