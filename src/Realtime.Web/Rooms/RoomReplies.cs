using System.Text.Json;
using System.Text.Json.Serialization;

namespace Realtime.Web.Rooms;

/// <summary>The place of a socket in a room.</summary>
/// <param name="Room">The room.</param>
/// <param name="Epoch">The room's epoch; a new one begins when the room had to forget its numbers.</param>
/// <param name="Seq">The number of the last message before the socket came in.</param>
/// <param name="Members">How many members there are.</param>
public sealed record RoomPlace(string Room, long Epoch, long Seq, int Members);

/// <summary>The receipt of a broadcast.</summary>
/// <param name="Room">The room.</param>
/// <param name="Epoch">The epoch of its number; 0 for a single socket, which has no numbers.</param>
/// <param name="Seq">Its number: the room's members see their messages in this order.</param>
/// <param name="Members">How many members it was for.</param>
public sealed record Receipt(string Room, long Epoch, long Seq, int Members);

/// <summary>How a room is.</summary>
/// <param name="Room">The room.</param>
/// <param name="Epoch">Its epoch.</param>
/// <param name="Seq">The number of its last message.</param>
/// <param name="Members">How many members it has.</param>
/// <param name="History">How many messages it keeps for members that come back.</param>
public sealed record RoomInfo(string Room, long Epoch, long Seq, int Members, int History);

/// <summary>Some rooms.</summary>
/// <param name="Rooms">Their names, in ordinal order (that of UTF-16 code units).</param>
/// <param name="Next">Pass it as <c>after</c> to get the next page; null on the last one.</param>
public sealed record RoomList(IReadOnlyList<string> Rooms, string? Next);

/// <summary>Some members of a room.</summary>
/// <param name="Room">The room.</param>
/// <param name="Total">How many there are.</param>
/// <param name="Members">Some of them, by socket id.</param>
/// <param name="Next">Pass it as <c>after</c> to get the next page; null on the last one.</param>
public sealed record MemberList(string Room, int Total, IReadOnlyList<RoomMember> Members, string? Next);

/// <summary>One member of a room.</summary>
/// <param name="SocketId">The socket.</param>
/// <param name="Node">The node that holds its session.</param>
/// <param name="JoinedAt">When it came.</param>
public sealed record RoomMember(string SocketId, string Node, DateTimeOffset JoinedAt);

/// <summary>Some of those who are in a room whose members are known to each other.</summary>
/// <param name="Room">The room.</param>
/// <param name="Members">Some of them, by socket id.</param>
/// <param name="Next">Pass it as <c>after</c> to get the next page; null on the last one.</param>
public sealed record PresenceList(string Room, IReadOnlyList<PresentMember> Members, string? Next);

/// <summary>One of those who are in a room, as the others see it.</summary>
/// <param name="SocketId">The socket.</param>
/// <param name="User">Who it is, as the service knows it; null for an anonymous client.</param>
/// <param name="Data">What it tells about itself; null when nothing.</param>
/// <param name="JoinedAt">When it came.</param>
public sealed record PresentMember(
    string SocketId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? User,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] JsonElement? Data,
    DateTimeOffset JoinedAt);

/// <summary>Some of what a room said.</summary>
/// <param name="Room">The room.</param>
/// <param name="Epoch">Its epoch.</param>
/// <param name="Seq">The number of its last message.</param>
/// <param name="Complete">False when messages after the given position are no longer kept, or their epoch is over.</param>
/// <param name="Messages">What it still has, oldest first.</param>
/// <param name="More">Whether others follow: ask again after the last one.</param>
public sealed record MessageList(string Room, long Epoch, long Seq, bool Complete, IReadOnlyList<RoomMessage> Messages, bool More);

/// <summary>One message of a room.</summary>
/// <param name="Seq">Its number.</param>
/// <param name="Event">Its event.</param>
/// <param name="Data">Its data.</param>
public sealed record RoomMessage(long Seq, string Event, JsonElement Data);
