using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using Realtime.Actors.Sessions;
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
        sockets.MapPost("/send", SendAsync)
            .WithSummary("Says something to one socket")
            .Accepts<SendRequest>("application/json")
            .WithName("SendToSocket");
    }

    private static async Task<Ok<SocketInfo>> DescribeAsync(string socketId, SocketRouter sockets, CancellationToken cancellation)
    {
        var socket = SocketId.Parse(socketId);
        return await sockets.AskAsync(new DescribeSocket(socket), cancellation) is SocketDescription found
            ? TypedResults.Ok(new SocketInfo(
                found.Socket.Value, found.Node.ToString(), found.IsConnected, found.Since,
                [.. found.Feeds.Where(feed => !feed.IsTopic).Select(feed => feed.Key)]))
            : throw Answers.Refusal(new UnknownSocket(socket), socket);
    }

    private static async Task<NoContent> DisconnectAsync(string socketId, SocketRouter sockets, CancellationToken cancellation)
    {
        var socket = SocketId.Parse(socketId);
        return await sockets.AskAsync(new DisconnectSocket(socket), cancellation) is SocketDone
            ? TypedResults.NoContent()
            : throw Answers.Refusal(new UnknownSocket(socket), socket);
    }

    private static async Task<NoContent> SendAsync(HttpContext context, string socketId, SocketRouter sockets, IOptions<RealtimeOptions> options)
    {
        var socket = SocketId.Parse(socketId);
        var request = await JsonBody.ReadAsync<SendRequest>(context.Request, options.Value);
        var data = EventData.Of(request.Data);
        Limits.CheckPayload(data, options.Value);
        var answer = await sockets.AskAsync(new SendToSocket(socket, EventName.Parse(request.Event), data), context.RequestAborted);
        return answer is SocketDone ? TypedResults.NoContent() : throw Answers.Refusal(answer, socket);
    }
}

/// <summary>How a socket is.</summary>
/// <param name="SocketId">Its id.</param>
/// <param name="Node">The node that holds its session.</param>
/// <param name="IsConnected">False while it has lost its connection and may still come back.</param>
/// <param name="Since">When the session began.</param>
/// <param name="Rooms">The rooms that it is in.</param>
internal sealed record SocketInfo(string SocketId, string Node, bool IsConnected, DateTimeOffset Since, IReadOnlyList<string> Rooms);

/// <summary>A message to one socket, over HTTP.</summary>
internal sealed record SendRequest
{
    /// <summary>The event; <c>message</c> when it is left out.</summary>
    public string? Event { get; init; }

    /// <summary>The data: any JSON.</summary>
    public JsonElement Data { get; init; }
}
