
namespace Realtime.Actors.Membership;

/// <summary>A socket in a room, or on a topic.</summary>
/// <param name="Socket">The socket.</param>
/// <param name="Node">The node that holds its session.</param>
/// <param name="JoinedAt">When it came.</param>
/// <param name="Presence">What the other members know of it; only where members are known to each other.</param>
/// <param name="Term">The term of the session that brought it to its node; see <see cref="ISessionCommand.Term"/>.</param>
public sealed record Member(SocketId Socket, NodeId Node, DateTimeOffset JoinedAt, Presence? Presence = null, long Term = 0)
{
    /// <summary>
    /// Whether a session's command says something new of where it is: another node, or a later term on the same one, since what
    /// was asked on a node in between may still come.
    /// </summary>
    public bool IsMovedBy(ISessionCommand command) => command.Node != Node || command.Term > Term;

    /// <summary>Members in the order of their ids: the order in which lists are paged.</summary>
    public static readonly IComparer<Member> BySocket =
        Comparer<Member>.Create(static (a, b) => string.CompareOrdinal(a.Socket.Value, b.Socket.Value));
}
