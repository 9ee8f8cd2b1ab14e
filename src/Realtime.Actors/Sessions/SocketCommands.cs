using Realtime.Actors.Topics;

namespace Realtime.Actors.Sessions;

/// <summary>Anything that is sent to one socket's session, from any node.</summary>
public interface ISocketCommand : IWireMessage
{
    /// <summary>The socket.</summary>
    SocketId Socket { get; }
}

/// <summary>Makes a socket join a room. Answered by <see cref="Joined"/> or <see cref="MemberRefused"/>.</summary>
/// <param name="Socket">The socket.</param>
/// <param name="Room">The room.</param>
/// <param name="Presence">What the other members are told about it, as UTF-8 JSON; empty for nothing.</param>
public sealed record JoinSocket(SocketId Socket, RoomName Room, ReadOnlyMemory<byte> Presence = default) : ISocketCommand;

/// <summary>Makes a socket leave a room. Answered by <see cref="Left"/> or <see cref="MemberRefused"/>.</summary>
public sealed record LeaveSocket(SocketId Socket, RoomName Room) : ISocketCommand;

/// <summary>
/// Makes a socket leave all rooms and topics (contract ). Answered by <see cref="SocketDone"/> when it has left all of them,
/// by <see cref="MemberRefused"/> when one has not taken it: the others it has left.
/// </summary>
public sealed record LeaveEverything(SocketId Socket) : ISocketCommand;

/// <summary>Subscribes a socket to records, or lets it watch. Answered by <see cref="Subscribed"/> or <see cref="MemberRefused"/>.</summary>
public sealed record SubscribeSocket(SocketId Socket, TopicName Topic, IReadOnlyList<RecordId> Records, bool Watch) : ISocketCommand;

/// <summary>Undoes <see cref="SubscribeSocket"/>. Answered by <see cref="Unsubscribed"/> or <see cref="MemberRefused"/>.</summary>
public sealed record UnsubscribeSocket(SocketId Socket, TopicName Topic, IReadOnlyList<RecordId> Records, bool Unwatch) : ISocketCommand;

/// <summary>
/// Says something to one socket (contract ). Answered by <see cref="SocketDone"/> when it is on its way. With a message
/// id it is written once, also when it comes through a room too.
/// </summary>
public sealed record SendToSocket(SocketId Socket, EventName Event, ReadOnlyMemory<byte> Data, Guid? MessageId = null) : ISocketCommand;

/// <summary>Ends a socket for good: it leaves everything, and cannot resume. Answered by <see cref="SocketDone"/>.</summary>
public sealed record DisconnectSocket(SocketId Socket) : ISocketCommand;

/// <summary>Asks how a socket is. Answered by <see cref="SocketDescription"/>.</summary>
public sealed record DescribeSocket(SocketId Socket) : ISocketCommand;

/// <summary>
/// The socket has come back on another node: its session here stops without leaving anything. Answered by
/// <see cref="SocketReleased"/>.
/// </summary>
public sealed record ReleaseSocket(SocketId Socket) : ISocketCommand;

/// <summary>Any answer of a session, or of the keeper of sessions.</summary>
public interface ISocketReply : IWireMessage
{
    /// <summary>The socket.</summary>
    SocketId Socket { get; }
}

/// <summary>It is done.</summary>
public sealed record SocketDone(SocketId Socket) : ISocketReply;

/// <summary>No such socket is on this node.</summary>
public sealed record UnknownSocket(SocketId Socket) : ISocketReply;

/// <summary>The session has stopped; these are the feeds that it was in.</summary>
public sealed record SocketReleased(SocketId Socket, IReadOnlyList<FeedId> Feeds, long Term = 0) : ISocketReply;

/// <summary>How a socket is.</summary>
/// <param name="Socket">The socket.</param>
/// <param name="Node">The node that holds its session.</param>
/// <param name="IsConnected">False while it has lost its connection and may still resume.</param>
/// <param name="Since">When the session began.</param>
/// <param name="Feeds">The rooms and topics that it is in.</param>
public sealed record SocketDescription(SocketId Socket, NodeId Node, bool IsConnected, DateTimeOffset Since, IReadOnlyList<FeedId> Feeds)
    : ISocketReply;
