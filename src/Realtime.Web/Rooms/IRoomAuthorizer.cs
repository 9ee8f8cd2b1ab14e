using System.Security.Claims;

namespace Realtime.Web.Rooms;

/// <summary>
/// Decides what clients may do in rooms by themselves, over the hub and the client endpoints. Server code and callers with an API key are
/// not asked. Register your own to replace the default one, which follows <c>Realtime:Rooms</c>.
/// </summary>
public interface IRoomAuthorizer
{
    /// <summary>Whether a client may join a room, and so hear what is said in it and see who is there.</summary>
    ValueTask<bool> MayJoinAsync(ClaimsPrincipal user, SocketId socket, RoomName room, CancellationToken cancellation);

    /// <summary>Whether a client may broadcast to a room.</summary>
    ValueTask<bool> MayPublishAsync(ClaimsPrincipal user, SocketId socket, RoomName room, CancellationToken cancellation);
}
