using System.Text.Json;
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
        rooms.MapPost("/join", JoinAsync).WithSummary("Lets the caller's socket join a room").Accepts<MembershipRequest>("application/json").WithName("Join");
        rooms.MapPost("/leave", LeaveAsync).WithSummary("Lets the caller's socket leave a room").Accepts<MembershipRequest>("application/json").WithName("Leave");
    }

    private static async Task<Ok<RoomPlace>> JoinAsync(HttpContext context, ClientRooms rooms, ResumeTokens tokens, IOptions<RealtimeOptions> options)
    {
        var room = RoomInPath.Read(context, options.Value);
        var (socket, request) = await CallerAsync(context, tokens, options.Value);
        return TypedResults.Ok(await rooms.JoinAsync(context.User, socket, room, EventData.Presence(request?.Presence), context.RequestAborted));
    }

    private static async Task<NoContent> LeaveAsync(HttpContext context, IRooms rooms, ResumeTokens tokens, IOptions<RealtimeOptions> options)
    {
        var room = RoomInPath.Read(context, options.Value);
        var (socket, _) = await CallerAsync(context, tokens, options.Value);
        await rooms.LeaveAsync(socket, room, context.RequestAborted);
        return TypedResults.NoContent();
    }

    private static async Task<(SocketId Socket, MembershipRequest? Request)> CallerAsync(HttpContext context, ResumeTokens tokens, RealtimeOptions options)
    {
        if (context.Features.Get<ISocketFeature>() is { } overSocket)
            return (overSocket.Socket, await JsonBody.ReadIfAnyAsync<MembershipRequest>(context.Request, options));
        var request = await JsonBody.ReadAsync<MembershipRequest>(context.Request, options);
        if (request is not { SocketId: { } id, ResumeToken: { } token })
            throw new RealtimeException(ErrorCodes.InvalidRequest, "Pass socketId and resumeToken, as Hello() gave them: they say which socket is meant, and that it is yours.");
        var socket = SocketId.Parse(id);
        return tokens.Read(token) == socket
            ? (socket, request)
            : throw new RealtimeException(ErrorCodes.InvalidResumeToken, "The resumeToken is not the one of this socketId: pass both as Hello() gave them.");
    }
}

/// <summary>Which socket joins or leaves; over the socket itself, nothing of this is needed.</summary>
internal sealed record MembershipRequest
{
    /// <summary>The id that <c>Hello()</c> gave.</summary>
    public string? SocketId { get; init; }

    /// <summary>The token that <c>Hello()</c> gave: proves that the socket is the caller's own.</summary>
    public string? ResumeToken { get; init; }

    /// <summary>For a join: what the other members are told about it, in a room whose members are known to each other.</summary>
    public JsonElement Presence { get; init; }
}
