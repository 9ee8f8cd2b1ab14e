using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using Realtime.Web.Hubs;
using Realtime.Web.Rooms;

namespace Realtime.Web.Api;

/// <summary>Rooms, for servers in any language.</summary>
internal static class RoomsApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var rooms = api.MapGroup("/rooms/{room}").WithTags("Rooms");
        rooms.MapPost("/broadcast", BroadcastAsync)
            .WithSummary("Says something to every member of a room")
            .Accepts<BroadcastRequest>("application/json")
            .WithName("Broadcast");
        rooms.MapGet("/members", MembersAsync)
            .WithSummary("Lists the members of a room, by socket id")
            .WithName("ListMembers");
        rooms.MapPut("/members/{socketId}", JoinAsync)
            .WithSummary("Makes a socket join a room")
            .WithName("AddMember");
        rooms.MapDelete("/members/{socketId}", LeaveAsync)
            .WithSummary("Makes a socket leave a room")
            .WithName("RemoveMember");
    }

    private static async Task<Ok<Receipt>> BroadcastAsync(HttpContext context, IRooms rooms, IOptions<RealtimeOptions> options)
    {
        var room = RoomInPath.Read(context, options.Value);
        var request = await JsonBody.ReadAsync<BroadcastRequest>(context.Request, options.Value);
        SocketId? omit = request.Omit is null ? null : SocketId.Parse(request.Omit);
        return TypedResults.Ok(await rooms.BroadcastAsync(
            room, EventName.Parse(request.Event), Raw(request.Data), omit, Key(request.IdempotencyKey), context.RequestAborted));
    }

    private static async Task<Ok<MemberList>> MembersAsync(
        HttpContext context, IRooms rooms, IOptions<RealtimeOptions> options, string? after = null, int? limit = null) =>
        TypedResults.Ok(await rooms.MembersAsync(
            RoomInPath.Read(context, options.Value), after is null ? null : SocketId.Parse(after), limit, context.RequestAborted));

    private static async Task<Ok<RoomPlace>> JoinAsync(HttpContext context, IRooms rooms, IOptions<RealtimeOptions> options, string socketId) =>
        TypedResults.Ok(await rooms.JoinAsync(SocketId.Parse(socketId), RoomInPath.Read(context, options.Value), context.RequestAborted));

    private static async Task<NoContent> LeaveAsync(HttpContext context, IRooms rooms, IOptions<RealtimeOptions> options, string socketId)
    {
        await rooms.LeaveAsync(SocketId.Parse(socketId), RoomInPath.Read(context, options.Value), context.RequestAborted);
        return TypedResults.NoContent();
    }

    // Without data, clients get null (contract G-5).
    private static ReadOnlyMemory<byte> Raw(JsonElement data) =>
        data.ValueKind == JsonValueKind.Undefined ? "null"u8.ToArray() : JsonMarshal.GetRawUtf8Value(data).ToArray();

    private static string? Key(string? key) => key is null or { Length: >= 1 and <= 128 }
        ? key
        : throw new RealtimeException(ErrorCodes.InvalidRequest, "An idempotencyKey has 1 to 128 characters.");
}

/// <summary>A broadcast over HTTP.</summary>
internal sealed record BroadcastRequest
{
    /// <summary>The event that members get; <c>message</c> when it is left out (contract R-30).</summary>
    public string? Event { get; init; }

    /// <summary>The data that members get: any JSON.</summary>
    public JsonElement Data { get; init; }

    /// <summary>The id of a socket that does not get it.</summary>
    public string? Omit { get; init; }

    /// <summary>The same for each attempt, so that a retry counts once.</summary>
    public string? IdempotencyKey { get; init; }
}
