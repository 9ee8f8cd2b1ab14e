using System.Text.Json;
using Realtime.Client.Delivery;

namespace Realtime.Client.Rooms;

/// <summary>The answer to a join.</summary>
/// <param name="Room">The room.</param>
/// <param name="Epoch">The room's epoch.</param>
/// <param name="Seq">The number of the last message before this client came in.</param>
/// <param name="Members">How many sockets are in the room.</param>
public sealed record Joined(string Room, long Epoch, long Seq, int Members);

/// <summary>The receipt of a broadcast: its place in the room.</summary>
/// <param name="Room">The room.</param>
/// <param name="Epoch">The room's epoch; 0 for a single socket, and for a transient message.</param>
/// <param name="Seq">Its number: all members see the room's messages in this order.</param>
/// <param name="Members">How many sockets it was for.</param>
public sealed record Receipt(string Room, long Epoch, long Seq, int Members);

/// <summary>Some members of a room.</summary>
/// <param name="Room">The room.</param>
/// <param name="Total">How many there are in all.</param>
/// <param name="Members">Some of them.</param>
/// <param name="Next">Give it as <c>after</c> to get those that follow; null when these were the last.</param>
public sealed record MemberList(string Room, int Total, IReadOnlyList<Member> Members, string? Next);

/// <summary>One member of a room.</summary>
/// <param name="SocketId">Its socket.</param>
/// <param name="Node">The node that holds its session.</param>
/// <param name="JoinedAt">When it came.</param>
public sealed record Member(string SocketId, string Node, DateTimeOffset JoinedAt);

/// <summary>Some of what a room said.</summary>
/// <param name="Room">The room.</param>
/// <param name="Epoch">The room's epoch.</param>
/// <param name="Seq">The number of the room's last message.</param>
/// <param name="Complete">False when some of what was asked for is no longer kept.</param>
/// <param name="Messages">Oldest first.</param>
/// <param name="More">Whether there are more: ask again after the last one.</param>
public sealed record MessageList(string Room, long Epoch, long Seq, bool Complete, IReadOnlyList<Message> Messages, bool More);

/// <summary>One message of a room's history.</summary>
/// <param name="Seq">Its number.</param>
/// <param name="Event">Its name.</param>
/// <param name="Data">What it carries.</param>
public sealed record Message(long Seq, string Event, JsonElement Data);

/// <summary>Something that was said in a room.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Data">What it carries.</param>
/// <param name="Position">Its place in what the room has said; null for a transient one, which has none.</param>
/// <param name="IsReplay">Whether it was said while this client was away.</param>
public sealed record RoomEvent<T>(string Name, T Data, Position? Position, bool IsReplay);

/// <summary>Some of those who are in a room whose members are known to each other.</summary>
/// <param name="Room">The room.</param>
/// <param name="Members">Some of them.</param>
/// <param name="Next">Give it as <c>after</c> to get those that follow; null when these were the last.</param>
public sealed record PresenceList<T>(string Room, IReadOnlyList<Present<T>> Members, string? Next);

/// <summary>A member of a room whose members are known to each other.</summary>
/// <param name="SocketId">Its socket.</param>
/// <param name="User">Who it is, as the server knows it; null for an anonymous client.</param>
/// <param name="Data">What it tells about itself; null when nothing.</param>
/// <param name="JoinedAt">When it came.</param>
public sealed record Present<T>(string SocketId, string? User, T? Data, DateTimeOffset JoinedAt);

/// <summary>Who came, who went, and who tells something else about itself.</summary>
public sealed record PresenceChange<T>
{
    /// <summary>Who came.</summary>
    public IReadOnlyList<Present<T>> Joined { get; init; } = [];

    /// <summary>Who went.</summary>
    public IReadOnlyList<Gone> Left { get; init; } = [];

    /// <summary>Who tells something else.</summary>
    public IReadOnlyList<Present<T>> Updated { get; init; } = [];
}

/// <summary>A socket that has left.</summary>
/// <param name="SocketId">Its id.</param>
public sealed record Gone(string SocketId);
