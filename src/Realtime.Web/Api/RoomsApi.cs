using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using Realtime.Actors.Delivery;
using Realtime.Web.Rooms;

namespace Realtime.Web.Api;

/// <summary>Rooms, for servers in any language.</summary>
internal static class RoomsApi
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/rooms", ListAsync)
            .WithSummary("Lists the rooms that have members, by name")
            .WithTags("Rooms")
            .WithName("ListRooms");
        var rooms = api.MapGroup("/rooms/{room}").WithTags("Rooms");
        rooms.MapPost("/broadcast", BroadcastAsync)
            .WithSummary("Says something to every member of a room")
            .Accepts<BroadcastRequest>("application/json")
            .WithName("Broadcast");
        rooms.MapGet("", DescribeAsync)
            .WithSummary("Tells how a room is")
            .WithName("DescribeRoom");
        rooms.MapGet("/history", HistoryAsync)
            .WithSummary("Lists what a room still keeps of what it said")
            .WithName("ListHistory");
        rooms.MapGet("/members", MembersAsync)
            .WithSummary("Lists the members of a room, by socket id")
            .WithName("ListMembers");
        rooms.MapGet("/presence", PresenceAsync)
            .WithSummary("Lists the members of a room with what they tell about themselves")
            .WithName("ListPresence");
        rooms.MapPut("/members/{socketId}", JoinAsync)
            .WithSummary("Makes a socket join a room")
            .Accepts<JoinRequest>(isOptional: true, "application/json")
            .WithName("AddMember");
        rooms.MapDelete("/members/{socketId}", LeaveAsync)
            .WithSummary("Makes a socket leave a room")
            .WithName("RemoveMember");
        rooms.MapDelete("/members", EmptyAsync)
            .WithSummary("Makes everybody leave a room")
            .WithName("EmptyRoom");
        rooms.MapPost("/members/leave-all", LeaveAllAsync)
            .WithSummary("Makes every member of a room leave everything: all rooms and topics")
            .WithName("MembersLeaveAll");
        rooms.MapPost("/members/add-to", AddToAsync)
            .WithSummary("Makes every member of a room join other rooms too")
            .Accepts<RoomsRequest>("application/json")
            .WithName("AddMembersToRooms");
        rooms.MapPost("/members/remove-from", RemoveFromAsync)
            .WithSummary("Makes every member of a room leave other rooms")
            .Accepts<RoomsRequest>("application/json")
            .WithName("RemoveMembersFromRooms");
    }

    private static async Task<Ok<Receipt>> BroadcastAsync(HttpContext context, IRooms rooms, IOptions<RealtimeOptions> options)
    {
        var room = RoomInPath.Read(context, options.Value);
        var request = await JsonBody.ReadAsync<BroadcastRequest>(context.Request, options.Value);
        var omit = EventData.Omit(request.Omit);
        return TypedResults.Ok(await rooms.BroadcastAsync(
            room, EventName.Parse(request.Event), EventData.Of(request.Data), omit, Limits.CheckKey(request.IdempotencyKey), request.Transient, context.RequestAborted));
    }

    private static async Task<Ok<RoomList>> ListAsync(
        HttpContext context, IRooms rooms, IOptions<RealtimeOptions> options, string? prefix = null, string? after = null, int? limit = null) =>
        TypedResults.Ok(await rooms.ListAsync(
            prefix, string.IsNullOrEmpty(after) ? null : Limits.ParseRoom(after, options.Value), limit, context.RequestAborted));

    private static async Task<Ok<MemberList>> MembersAsync(
        HttpContext context, IRooms rooms, IOptions<RealtimeOptions> options, string? after = null, int? limit = null) =>
        TypedResults.Ok(await rooms.MembersAsync(
            RoomInPath.Read(context, options.Value), after is null ? null : SocketId.Parse(after), limit, context.RequestAborted));

    private static async Task<Ok<RoomPlace>> JoinAsync(HttpContext context, IRooms rooms, IOptions<RealtimeOptions> options, string socketId)
    {
        var room = RoomInPath.Read(context, options.Value);
        var request = await JsonBody.ReadIfAnyAsync<JoinRequest>(context.Request, options.Value);
        return TypedResults.Ok(await rooms.JoinAsync(SocketId.Parse(socketId), room, EventData.Presence(request?.Presence), context.RequestAborted));
    }

    private static async Task<Ok<PresenceList>> PresenceAsync(
        HttpContext context, IRooms rooms, IOptions<RealtimeOptions> options, string? after = null, int? limit = null) =>
        TypedResults.Ok(await rooms.PresenceAsync(
            RoomInPath.Read(context, options.Value), after is null ? null : SocketId.Parse(after), limit, context.RequestAborted));

    private static async Task<NoContent> LeaveAsync(HttpContext context, IRooms rooms, IOptions<RealtimeOptions> options, string socketId)
    {
        await rooms.LeaveAsync(SocketId.Parse(socketId), RoomInPath.Read(context, options.Value), context.RequestAborted);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<RoomInfo>> DescribeAsync(HttpContext context, IRooms rooms, IOptions<RealtimeOptions> options) =>
        TypedResults.Ok(await rooms.DescribeAsync(RoomInPath.Read(context, options.Value), context.RequestAborted));

    private static async Task<Ok<MessageList>> HistoryAsync(
        HttpContext context, IRooms rooms, IOptions<RealtimeOptions> options, long? epoch = null, long? after = null, int? limit = null)
    {
        if (epoch is null != after is null)
            throw new RealtimeException(ErrorCodes.InvalidRequest, "A position has two parts: pass epoch and after together, or neither.");
        Position? position = epoch is null ? null : new Position(epoch.Value, after!.Value);
        return TypedResults.Ok(await rooms.HistoryAsync(RoomInPath.Read(context, options.Value), position, limit, context.RequestAborted));
    }

    private static async Task<Ok<Count>> EmptyAsync(HttpContext context, IRooms rooms, IOptions<RealtimeOptions> options)
    {
        var room = RoomInPath.Read(context, options.Value);
        return TypedResults.Ok(new Count(await rooms.RemoveMembersFromRoomsAsync(room, [room], context.RequestAborted)));
    }

    private static async Task<Ok<Count>> LeaveAllAsync(HttpContext context, IRooms rooms, IOptions<RealtimeOptions> options) =>
        TypedResults.Ok(new Count(await rooms.LeaveAllAsync(RoomInPath.Read(context, options.Value), context.RequestAborted)));

    private static async Task<Ok<Count>> AddToAsync(HttpContext context, IRooms rooms, IOptions<RealtimeOptions> options)
    {
        var (source, others) = await SourceAndOthersAsync(context, options.Value);
        return TypedResults.Ok(new Count(await rooms.AddMembersToRoomsAsync(source, others, context.RequestAborted)));
    }

    private static async Task<Ok<Count>> RemoveFromAsync(HttpContext context, IRooms rooms, IOptions<RealtimeOptions> options)
    {
        var (source, others) = await SourceAndOthersAsync(context, options.Value);
        return TypedResults.Ok(new Count(await rooms.RemoveMembersFromRoomsAsync(source, others, context.RequestAborted)));
    }

    private static async Task<(RoomName Source, RoomName[] Others)> SourceAndOthersAsync(HttpContext context, RealtimeOptions options)
    {
        var source = RoomInPath.Read(context, options);
        var request = await JsonBody.ReadAsync<RoomsRequest>(context.Request, options);
        return (source, EventData.Rooms(request.Rooms, options));
    }
}
