using Realtime.Web.Hubs;

namespace Realtime.Web.Rooms;

/// <summary>
/// The rooms of the cluster, for server code (Sails' <c>sails.sockets</c>). Works from any node for a socket on any other; each
/// call completes when it is in effect everywhere. All calls fail with a <see cref="RealtimeException"/>.
/// </summary>
public interface IRooms
{
    /// <summary>Makes a socket join a room (contract R-9). Joining twice is joining once.</summary>
    Task<RoomPlace> JoinAsync(SocketId socket, RoomName room, CancellationToken cancellation = default);

    /// <summary>Makes a socket leave a room; silent where it is no member.</summary>
    Task LeaveAsync(SocketId socket, RoomName room, CancellationToken cancellation = default);

    /// <summary>
    /// Says something to every member of a room, but for one socket that may be left out. The id of a socket is a
    /// room of that one member.
    /// </summary>
    /// <param name="room">The room; it need not exist .</param>
    /// <param name="name">The event.</param>
    /// <param name="data">The data, as UTF-8 JSON.</param>
    /// <param name="omit">A socket that does not get it.</param>
    /// <param name="key">The same for each attempt, so that a retry counts once.</param>
    /// <param name="cancellation">Stops waiting; the broadcast may happen all the same.</param>
    Task<Receipt> BroadcastAsync(
        RoomName room, EventName name, ReadOnlyMemory<byte> data, SocketId? omit = null, string? key = null, CancellationToken cancellation = default);

    /// <summary>The same with data that is written as JSON.</summary>
    Task<Receipt> BroadcastAsync<T>(RoomName room, EventName name, T data, SocketId? omit = null, string? key = null, CancellationToken cancellation = default);

    /// <summary>A page of a room's members, by socket id.</summary>
    Task<MemberList> MembersAsync(RoomName room, SocketId? after = null, int? limit = null, CancellationToken cancellation = default);
}
