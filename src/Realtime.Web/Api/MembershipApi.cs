using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using Realtime.Web.Auth;
using Realtime.Web.Hubs;
using Realtime.Web.Rooms;
using Realtime.Web.VirtualRequests;

namespace Realtime.Web.Api;

/// <summary>
/// Joining and leaving by web endpoint, for clients. Over the socket the socket is implied; over plain HTTP the body names it
/// and proves, by its resume token, that it is the caller's own.
/// </summary>
internal static class MembershipApi
{
    public static void Map(RouteGroupBuilder routes)
    {
        var rooms = routes.MapGroup("/rooms/{room}").WithTags("Membership");
        rooms.MapPost("/join", JoinAsync).WithSummary("Lets the caller's socket join a room").Accepts<SocketProof>("application/json").WithName("Join");
        rooms.MapPost("/leave", LeaveAsync).WithSummary("Lets the caller's socket leave a room").Accepts<SocketProof>("application/json").WithName("Leave");
    }

    private static async Task<Ok<RoomPlace>> JoinAsync(HttpContext context, ClientRooms rooms, ResumeTokens tokens, IOptions<RealtimeOptions> options)
    {
        var room = RoomInPath.Read(context, options.Value);
        return TypedResults.Ok(await rooms.JoinAsync(
            context.User, await CallerAsync(context, tokens, options.Value), room, context.RequestAborted));
    }

    private static async Task<NoContent> LeaveAsync(HttpContext context, IRooms rooms, ResumeTokens tokens, IOptions<RealtimeOptions> options)
    {
        var room = RoomInPath.Read(context, options.Value);
        await rooms.LeaveAsync(await CallerAsync(context, tokens, options.Value), room, context.RequestAborted);
        return TypedResults.NoContent();
    }

    private static async Task<SocketId> CallerAsync(HttpContext context, ResumeTokens tokens, RealtimeOptions options)
    {
        if (context.Features.Get<ISocketFeature>() is { } overSocket)
            return overSocket.Socket;
        var proof = await JsonBody.ReadAsync<SocketProof>(context.Request, options);
        var socket = SocketId.Parse(proof.SocketId);
        return tokens.Read(proof.ResumeToken) == socket
            ? socket
            : throw new RealtimeException(ErrorCodes.InvalidResumeToken, "The resumeToken is not the one of this socketId: pass both as Hello() gave them.");
    }
}

/// <summary>Names a socket, and proves that it is the caller's own.</summary>
/// <param name="SocketId">The id that <c>Hello()</c> gave.</param>
/// <param name="ResumeToken">The token that <c>Hello()</c> gave.</param>
internal sealed record SocketProof(string SocketId, string ResumeToken);
