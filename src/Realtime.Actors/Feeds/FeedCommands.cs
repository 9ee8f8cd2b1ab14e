
namespace Realtime.Actors.Feeds;

/// <summary>Anything that the shard regions route to a feed.</summary>
public interface IWithFeed : IWireMessage
{
    /// <summary>The feed it is for.</summary>
    FeedId Feed { get; }
}

/// <summary>A command to a feed: it may change the feed, and it is answered.</summary>
public interface IFeedCommand : IWithFeed;

/// <summary>
/// A command that concerns one member. It goes through the relay of the socket's node, and so does its answer, so that
/// the relay knows at which place in the feed's order the member came or went.
/// </summary>
public interface IMemberCommand : IFeedCommand
{
    /// <summary>The member.</summary>
    SocketId Socket { get; }

    /// <summary>Chosen by the session, and repeated in the answer.</summary>
    int Op { get; }
}

/// <summary>A command that makes a feed say something.</summary>
public interface IPublication : IFeedCommand
{
    /// <summary>The same for each attempt, so that a retry counts once; null when a retry may count twice.</summary>
    string? Key { get; }

    /// <summary>What clients get, as UTF-8 JSON. What is none is refused: it would end the connections of all who hear it.</summary>
    ReadOnlyMemory<byte> Data { get; }

    /// <summary>
    /// Worthless a moment later: it gets no number, is not kept, and reaches whoever is there. At most once, where all else
    /// is made good.
    /// </summary>
    bool IsTransient => false;

    /// <summary>What the feed says, with the number it gives; 0 for what is transient.</summary>
    Envelope ToEnvelope(long seq);
}

/// <summary>A question to a feed, which changes nothing.</summary>
public interface IFeedQuery : IWithFeed;

/// <summary>The socket leaves the feed altogether. Answered by <see cref="Left"/>, also where it was no member.</summary>
/// <param name="Feed">The feed.</param>
/// <param name="Socket">The member.</param>
/// <param name="Op">As in the answer.</param>
/// <param name="Node">
/// Given by a session: only a member that is still on its node leaves, so that a session which has not heard that its socket
/// resumed elsewhere cannot undo that.
/// </param>
public sealed record Leave(FeedId Feed, SocketId Socket, int Op = 0, NodeId? Node = null) : IMemberCommand;

/// <summary>
/// A member's session is (again) on a node, and its client has seen everything up to <paramref name="After"/>.
/// Answered by <see cref="Resumed"/>, or by <see cref="NotMember"/> when the membership has ended meanwhile.
/// </summary>
public sealed record Resume(FeedId Feed, SocketId Socket, NodeId Node, Position? After, int Op = 0) : IMemberCommand;

/// <summary>The members on these nodes had their time to come back. Sent by a feed to itself.</summary>
public sealed record ExpireNodes(FeedId Feed, IReadOnlyList<NodeId> Nodes) : IFeedCommand;

/// <summary>A node has left the cluster, or a feed that slept through it shall look: are all members' nodes alive? It has no answer.</summary>
public sealed record CheckNodes(FeedId Feed) : IFeedQuery;

/// <summary>A relay has seen a gap after a position. Answered by <see cref="Replayed"/>.</summary>
public sealed record Replay(FeedId Feed, Position After) : IFeedQuery;

/// <summary>Asks how a feed is. Answered by <see cref="FeedDescription"/>.</summary>
public sealed record Describe(FeedId Feed) : IFeedQuery;

/// <summary>Asks for a page of members, by socket id. Answered by <see cref="MemberPage"/>.</summary>
public sealed record ListMembers(FeedId Feed, SocketId? After, int Limit) : IFeedQuery;

/// <summary>Asks for kept messages after a position, or for the oldest ones. Answered by <see cref="HistoryPage"/>.</summary>
public sealed record ReadHistory(FeedId Feed, Position? After, int Limit) : IFeedQuery;
