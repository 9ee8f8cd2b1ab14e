namespace Realtime.Web.Hubs;

/// <summary>What a client needs to know of its socket.</summary>
/// <param name="SocketId">The id of the socket: what others address it by.</param>
/// <param name="ResumeToken">Proves, on another connection, that the client is this socket. A secret of the client.</param>
/// <param name="ResumeWindowSeconds">How long it has to come back.</param>
/// <param name="Node">The node that it is connected to.</param>
public sealed record Hello(string SocketId, string ResumeToken, double ResumeWindowSeconds, string Node);

/// <summary>The place of a socket in a room.</summary>
/// <param name="Room">The room.</param>
/// <param name="Epoch">The room's epoch; a new one begins when the room had to forget its numbers.</param>
/// <param name="Seq">The number of the last message before the socket came in.</param>
/// <param name="Members">How many members there are.</param>
public sealed record RoomPlace(string Room, long Epoch, long Seq, int Members);

/// <summary>The receipt of a broadcast.</summary>
/// <param name="Room">The room.</param>
/// <param name="Epoch">The epoch of its number.</param>
/// <param name="Seq">Its number: the room's members see their messages in this order.</param>
/// <param name="Members">How many members it was for.</param>
public sealed record Receipt(string Room, long Epoch, long Seq, int Members);

/// <summary>Up to where a client has seen a room or topic: what enveloped messages carry.</summary>
public sealed record SeenPosition(string Room, long Epoch, long Seq);

/// <summary>A socket that is back.</summary>
/// <param name="SocketId">Its id, the same as before.</param>
/// <param name="ResumeToken">A fresh token.</param>
/// <param name="ResumeWindowSeconds">How long it has to come back next time.</param>
/// <param name="Node">The node that it is connected to.</param>
/// <param name="Rooms">What it is still in. Whatever is missing here has ended: join again.</param>
public sealed record ResumedSocket(
    string SocketId, string ResumeToken, double ResumeWindowSeconds, string Node, IReadOnlyList<ResumedRoom> Rooms);

/// <summary>One room or topic of a socket that is back.</summary>
/// <param name="Room">Its name, as in enveloped messages.</param>
/// <param name="Epoch">Its epoch.</param>
/// <param name="Seq">Where live delivery began.</param>
/// <param name="Recovered">Whether everything that was missed has been sent again.</param>
public sealed record ResumedRoom(string Room, long Epoch, long Seq, bool Recovered);

/// <summary>Some members of a room.</summary>
/// <param name="Room">The room.</param>
/// <param name="Total">How many there are.</param>
/// <param name="Members">Some of them, by socket id.</param>
/// <param name="Next">Pass it as <c>after</c> to get the next page; null on the last one.</param>
public sealed record MemberList(string Room, int Total, IReadOnlyList<RoomMember> Members, string? Next);

/// <summary>One member of a room.</summary>
public sealed record RoomMember(string SocketId, string Node, DateTimeOffset JoinedAt);
