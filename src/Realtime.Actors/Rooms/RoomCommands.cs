
namespace Realtime.Actors.Rooms;

/// <summary>
/// A socket joins a room. Joining twice is joining once (contract R-3). Answered by <see cref="Joined"/> once the
/// membership is written.
/// </summary>
/// <param name="Room">The room.</param>
/// <param name="Socket">The socket.</param>
/// <param name="Node">The node that holds its session.</param>
/// <param name="Op">As in the answer.</param>
/// <param name="Presence">
/// What the other members may know of it, in rooms whose members are known to each other. Joining again with other data tells
/// that; joining again without leaves what was told.
/// </param>
/// <param name="Term">As in <see cref="ISessionCommand.Term"/>.</param>
public sealed record JoinRoom(RoomName Room, SocketId Socket, NodeId Node, int Op = 0, Presence? Presence = null, long Term = 0) : ISessionCommand
{
    /// <inheritdoc/>
    public FeedId Feed => FeedId.Of(Room);
}

/// <summary>
/// Says something to every member of a room (contract R-29). Answered by <see cref="Published"/>, or by
/// <see cref="Refused"/>. To send it to the room shard region is the public way into this layer.
/// </summary>
/// <param name="Room">The room. It need not exist, and the sender need not be a member .</param>
/// <param name="Event">The event that members get.</param>
/// <param name="Data">The data that members get, as UTF-8 JSON.</param>
/// <param name="Omit">A socket that does not get it .</param>
/// <param name="Key">The same for each attempt of the same broadcast, so that a retry counts once.</param>
/// <param name="MessageId">The same for each of several rooms that the same broadcast goes to, so that a socket in two gets it once .</param>
/// <param name="IsTransient">Whether it is worthless a moment later: then it gets no number and is not kept.</param>
public sealed record Broadcast(
    RoomName Room,
    EventName Event,
    ReadOnlyMemory<byte> Data,
    SocketId? Omit = null,
    string? Key = null,
    Guid? MessageId = null,
    bool IsTransient = false) : IPublication
{
    /// <inheritdoc/>
    public FeedId Feed => FeedId.Of(Room);

    /// <inheritdoc/>
    public Envelope ToEnvelope(long seq) => new(seq, Event, Data, Omit, MessageId);
}
