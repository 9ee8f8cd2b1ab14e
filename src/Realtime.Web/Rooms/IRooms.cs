using Realtime.Web.Hubs;

namespace Realtime.Web.Rooms;

/// <summary>
/// The rooms of the cluster, for server code (Sails' <c>sails.sockets</c>). Works from any node for a socket on any other; each
/// call completes when it is in effect everywhere (contract R-12, M-7). All calls fail with a <see cref="RealtimeException"/>:
/// <see cref="ErrorCodes.Unavailable"/> when a room or node did not answer in time, <see cref="ErrorCodes.UnknownSocket"/> when a
/// socket is connected nowhere.
/// </summary>
public interface IRooms
{
    /// <summary>Makes a socket join a room (contract R-9). Joining twice is joining once.</summary>
    Task<RoomPlace> JoinAsync(SocketId socket, RoomName room, CancellationToken cancellation = default);

    /// <summary>
    /// Makes a socket join a room whose members are known to each other, and tells them something about it. Joining again with
    /// something else tells that.
    /// </summary>
    /// <param name="socket">The socket.</param>
    /// <param name="room">The room. <see cref="ErrorCodes.NoPresence"/> when its option <c>Presence</c> is off.</param>
    /// <param name="presence">What the others are told, as UTF-8 JSON; empty tells nothing.</param>
    /// <param name="cancellation">Stops waiting; the socket may join all the same.</param>
    Task<RoomPlace> JoinAsync(SocketId socket, RoomName room, ReadOnlyMemory<byte> presence, CancellationToken cancellation = default);

    /// <summary>
    /// Makes each of several sockets join each of several rooms. Each is tried; when some fail, one failure is thrown once all
    /// are done, and to retry is safe.
    /// </summary>
    /// <returns>The place of each socket in each room: the rooms of the first socket, in their order, then those of the next.</returns>
    Task<IReadOnlyList<RoomPlace>> JoinAsync(
        IReadOnlyCollection<SocketId> sockets, IReadOnlyCollection<RoomName> rooms, CancellationToken cancellation = default);

    /// <summary>Makes each of several sockets leave each of several rooms, as <see cref="JoinAsync(IReadOnlyCollection{SocketId}, IReadOnlyCollection{RoomName}, CancellationToken)"/> joins them.</summary>
    Task LeaveAsync(IReadOnlyCollection<SocketId> sockets, IReadOnlyCollection<RoomName> rooms, CancellationToken cancellation = default);

    /// <summary>
    /// Makes a socket leave a room; silent where it is no member. One whose node was lost, and which may still come back, leaves too.
    /// </summary>
    Task LeaveAsync(SocketId socket, RoomName room, CancellationToken cancellation = default);

    /// <summary>Makes a socket leave all rooms and topics but its own room.</summary>
    Task LeaveAllAsync(SocketId socket, CancellationToken cancellation = default);

    /// <summary>
    /// Says something to every member of a room, but for one socket that may be left out. The id of a socket is a
    /// room of that one member.
    /// </summary>
    /// <param name="room">The room; it need not exist .</param>
    /// <param name="name">The event.</param>
    /// <param name="data">The data, as UTF-8 JSON.</param>
    /// <param name="omit">A socket that does not get it.</param>
    /// <param name="key">The same for each attempt, so that a retry counts once.</param>
    /// <param name="transient">
    /// Whether it is worthless a moment later, as "is typing" is: then it gets no number, is not kept, and reaches those who are
    /// connected now, at most once.
    /// </param>
    /// <param name="cancellation">Stops waiting; the broadcast may happen all the same.</param>
    Task<Receipt> BroadcastAsync(
        RoomName room, EventName name, ReadOnlyMemory<byte> data, SocketId? omit = null, string? key = null, bool transient = false,
        CancellationToken cancellation = default);

    /// <summary>The same with data that is written as JSON.</summary>
    Task<Receipt> BroadcastAsync<T>(
        RoomName room, EventName name, T data, SocketId? omit = null, string? key = null, bool transient = false, CancellationToken cancellation = default);

    /// <summary>Says something to several rooms; a socket that is in two of them gets it once .</summary>
    /// <param name="rooms">The rooms.</param>
    /// <param name="name">The event.</param>
    /// <param name="data">The data, as UTF-8 JSON.</param>
    /// <param name="omit">A socket that does not get it from any of them .</param>
    /// <param name="key">The same for each attempt: what the first one reached of the rooms and sockets is not said to them again.</param>
    /// <param name="cancellation">Stops waiting; the broadcast may happen all the same.</param>
    /// <returns>A receipt for each room, in the order of <paramref name="rooms"/>.</returns>
    Task<IReadOnlyList<Receipt>> BroadcastAsync(
        IReadOnlyCollection<RoomName> rooms, EventName name, ReadOnlyMemory<byte> data, SocketId? omit = null, string? key = null,
        CancellationToken cancellation = default);

    /// <summary>Says something to every socket of the cluster that is connected now .</summary>
    /// <param name="name">The event.</param>
    /// <param name="data">The data, as UTF-8 JSON.</param>
    /// <param name="omit">A socket that does not get it.</param>
    /// <param name="key">
    /// The same for each attempt: a socket that has got it knows it again, among the last 128 messages that went to it by several ways.
    /// </param>
    /// <param name="cancellation">Stops waiting; the blast may happen all the same.</param>
    /// <returns>To how many sockets.</returns>
    Task<int> BlastAsync(
        EventName name, ReadOnlyMemory<byte> data, SocketId? omit = null, string? key = null, CancellationToken cancellation = default);

    /// <summary>Every member of a room joins other rooms too. A one-time copy: who comes later does not.</summary>
    /// <returns>How many members it was done for.</returns>
    Task<int> AddMembersToRoomsAsync(RoomName source, IReadOnlyCollection<RoomName> rooms, CancellationToken cancellation = default);

    /// <summary>Every member of a room leaves other rooms, which may include the room itself .</summary>
    /// <returns>How many members it was done for.</returns>
    Task<int> RemoveMembersFromRoomsAsync(RoomName source, IReadOnlyCollection<RoomName> rooms, CancellationToken cancellation = default);

    /// <summary>Every member of a room leaves everything that it is in: all rooms and all topics .</summary>
    /// <returns>How many members it was done for.</returns>
    Task<int> LeaveAllAsync(RoomName room, CancellationToken cancellation = default);

    /// <summary>
    /// A page of the rooms that have members anywhere in the cluster, by name in ordinal order (R-47, and across nodes). Members that
    /// have lost their connection count until their resume window is over; those whose node was lost do not, until they are back.
    /// Rooms that come or go between two pages may be missed; all others are listed once. Sockets' own rooms are not listed.
    /// </summary>
    /// <param name="prefix">How the names begin; null or empty for all.</param>
    /// <param name="after">The <see cref="RoomList.Next"/> of the page before.</param>
    /// <param name="limit">How many at most; 100 when null, and never more than <c>Realtime:Limits:PageSize</c>.</param>
    /// <param name="cancellation">Stops waiting.</param>
    Task<RoomList> ListAsync(string? prefix = null, RoomName? after = null, int? limit = null, CancellationToken cancellation = default);

    /// <summary>How a room is. One that nobody is in looks like any other.</summary>
    Task<RoomInfo> DescribeAsync(RoomName room, CancellationToken cancellation = default);

    /// <summary>A page of a room's members, by socket id.</summary>
    Task<MemberList> MembersAsync(RoomName room, SocketId? after = null, int? limit = null, CancellationToken cancellation = default);

    /// <summary>A page of the members of a room with what they tell about themselves, by socket id.</summary>
    /// <exception cref="RealtimeException"><see cref="ErrorCodes.NoPresence"/></exception>
    Task<PresenceList> PresenceAsync(RoomName room, SocketId? after = null, int? limit = null, CancellationToken cancellation = default);

    /// <summary>What a room still keeps of what it said after a position, or from as far back as it reaches; oldest first.</summary>
    Task<MessageList> HistoryAsync(RoomName room, Actors.Delivery.Position? after = null, int? limit = null, CancellationToken cancellation = default);
}
