
namespace Realtime.Actors.Membership;

/// <summary>A socket in a room, or on a topic.</summary>
/// <param name="Socket">The socket.</param>
/// <param name="Node">The node that holds its session.</param>
/// <param name="JoinedAt">When it came.</param>
/// <param name="Presence">What the other members know of it; only where members are known to each other.</param>
public sealed record Member(SocketId Socket, NodeId Node, DateTimeOffset JoinedAt, Presence? Presence = null)
{
    /// <summary>Members in the order of their ids: the order in which lists are paged.</summary>
    public static readonly IComparer<Member> BySocket =
        Comparer<Member>.Create(static (a, b) => string.CompareOrdinal(a.Socket.Value, b.Socket.Value));
}
