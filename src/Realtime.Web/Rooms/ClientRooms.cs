using System.Security.Claims;
using Realtime.Actors.Delivery;
using Realtime.Web.Hubs;

namespace Realtime.Web.Rooms;

/// <summary>Rooms as clients may use them: each call is permitted first.</summary>
internal sealed class ClientRooms(IRooms rooms, IRoomAuthorizer authorizer)
{
    public Task<RoomPlace> JoinAsync(
        ClaimsPrincipal user, SocketId socket, RoomName room, ReadOnlyMemory<byte> presence, CancellationToken cancellation)
    {
        var permitted = PermitReadingAsync(user, socket, room, cancellation);
        return permitted.IsCompletedSuccessfully // as a rule, from the configuration
            ? rooms.JoinAsync(socket, room, presence, cancellation)
            : JoinAsync(permitted, socket, room, presence, cancellation);
    }

    /// <summary>Lets a client into a room, or to what is to be read of it.</summary>
    /// <exception cref="RealtimeException"><see cref="ErrorCodes.Forbidden"/></exception>
    public async ValueTask PermitReadingAsync(ClaimsPrincipal user, SocketId socket, RoomName room, CancellationToken cancellation)
    {
        if (!await authorizer.MayJoinAsync(user, socket, room, cancellation))
        {
            throw new RealtimeException(ErrorCodes.Forbidden,
                $"Clients like this one may not join \"{room}\": permit it by Realtime:Rooms:Join, or join it from a server.");
        }
    }

    public async Task<Receipt> BroadcastAsync(
        ClaimsPrincipal user, SocketId socket, RoomName room, EventName name, ReadOnlyMemory<byte> data, BroadcastOptions? options,
        CancellationToken cancellation)
    {
        if (!await authorizer.MayPublishAsync(user, socket, room, cancellation))
        {
            throw new RealtimeException(ErrorCodes.Forbidden,
                $"Clients like this one may not broadcast to \"{room}\": permit it by Realtime:Rooms:Publish, or broadcast from a server.");
        }
        // A client's key counts among its own broadcasts only: it cannot take another publisher's.
        var key = Limits.CheckKey(options?.IdempotencyKey) is { } own ? $"{socket}/{own}" : null;
        return await rooms.BroadcastAsync(room, name, data, key: key, transient: options?.Transient ?? false, cancellation: cancellation);
    }

    public async Task<MemberList> MembersAsync(
        ClaimsPrincipal user, SocketId socket, RoomName room, SocketId? after, CancellationToken cancellation)
    {
        await PermitReadingAsync(user, socket, room, cancellation);
        return await rooms.MembersAsync(room, after, cancellation: cancellation);
    }

    public async Task<PresenceList> PresenceAsync(
        ClaimsPrincipal user, SocketId socket, RoomName room, SocketId? after, CancellationToken cancellation)
    {
        await PermitReadingAsync(user, socket, room, cancellation);
        return await rooms.PresenceAsync(room, after, cancellation: cancellation);
    }

    public async Task<MessageList> HistoryAsync(
        ClaimsPrincipal user, SocketId socket, RoomName room, Position? after, CancellationToken cancellation)
    {
        await PermitReadingAsync(user, socket, room, cancellation);
        return await rooms.HistoryAsync(room, after, cancellation: cancellation);
    }

    private async Task<RoomPlace> JoinAsync(
        ValueTask permitted, SocketId socket, RoomName room, ReadOnlyMemory<byte> presence, CancellationToken cancellation)
    {
        await permitted;
        return await rooms.JoinAsync(socket, room, presence, cancellation);
    }
}
