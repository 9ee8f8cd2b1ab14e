using System.Security.Claims;
using Realtime.Actors.Delivery;

namespace Realtime.Web.Rooms;

/// <summary>Rooms as clients may use them: each call is permitted first.</summary>
internal sealed class ClientRooms(IRooms rooms, IRoomAuthorizer authorizer)
{
    public async Task<RoomPlace> JoinAsync(ClaimsPrincipal user, SocketId socket, RoomName room, CancellationToken cancellation)
    {
        await PermitReadingAsync(user, socket, room, cancellation);
        return await rooms.JoinAsync(socket, room, cancellation);
    }

    public async Task<Receipt> BroadcastAsync(
        ClaimsPrincipal user, SocketId socket, RoomName room, EventName name, ReadOnlyMemory<byte> data, CancellationToken cancellation)
    {
        if (!await authorizer.MayPublishAsync(user, socket, room, cancellation))
        {
            throw new RealtimeException(ErrorCodes.Forbidden,
                $"Clients like this one may not broadcast to \"{room}\": permit it by Realtime:Rooms:Publish, or broadcast from a server.");
        }
        return await rooms.BroadcastAsync(room, name, data, cancellation: cancellation);
    }

    public async Task<MemberList> MembersAsync(
        ClaimsPrincipal user, SocketId socket, RoomName room, SocketId? after, CancellationToken cancellation)
    {
        await PermitReadingAsync(user, socket, room, cancellation);
        return await rooms.MembersAsync(room, after, cancellation: cancellation);
    }

    public async Task<MessageList> HistoryAsync(
        ClaimsPrincipal user, SocketId socket, RoomName room, Position? after, CancellationToken cancellation)
    {
        await PermitReadingAsync(user, socket, room, cancellation);
        return await rooms.HistoryAsync(room, after, cancellation: cancellation);
    }

    private async ValueTask PermitReadingAsync(ClaimsPrincipal user, SocketId socket, RoomName room, CancellationToken cancellation)
    {
        if (!await authorizer.MayJoinAsync(user, socket, room, cancellation))
        {
            throw new RealtimeException(ErrorCodes.Forbidden,
                $"Clients like this one may not join \"{room}\": permit it by Realtime:Rooms:Join, or join it from a server.");
        }
    }
}
