
namespace Realtime.Actors.Feeds;

/// <summary>Any answer of a feed.</summary>
public interface IFeedReply : IWithFeed;

/// <summary>The answer to an <see cref="IMemberCommand"/>; the relay passes it on to the member's session.</summary>
public interface IMemberReply : IFeedReply
{
    /// <summary>The member.</summary>
    SocketId Socket { get; }

    /// <summary>As in the command.</summary>
    int Op { get; }
}

/// <summary>The socket is a member, and gets what comes after <paramref name="From"/>.</summary>
/// <param name="Feed">The feed.</param>
/// <param name="Socket">The member.</param>
/// <param name="Op">As in the command.</param>
/// <param name="From">Where delivery begins.</param>
/// <param name="Members">How many members there are.</param>
/// <param name="Remembered">Given by a room that keeps its members in memory only: the relay is to remember it.</param>
public sealed record Joined(FeedId Feed, SocketId Socket, int Op, Position From, int Members, Member? Remembered = null) : IMemberReply;

/// <summary>The socket is no member (any more).</summary>
/// <param name="Feed">The feed.</param>
/// <param name="Socket">The socket.</param>
/// <param name="Op">As in the command.</param>
/// <param name="WasMember">Whether it was one until now.</param>
public sealed record Left(FeedId Feed, SocketId Socket, int Op, bool WasMember = false) : IMemberReply;

/// <summary>The membership goes on, on another connection or another node.</summary>
/// <param name="Feed">The feed.</param>
/// <param name="Socket">The member.</param>
/// <param name="Op">As in the command.</param>
/// <param name="From">Where live delivery begins.</param>
/// <param name="Recovered">Whether <paramref name="Missed"/> is all that the client has missed.</param>
/// <param name="Missed">What it has missed, in order.</param>
/// <param name="Records">For topics: the records that it is subscribed to.</param>
/// <param name="Watches">For topics: whether it watches the model.</param>
/// <param name="Remembered">Given by a room that keeps its members in memory only: the relay is to remember it.</param>
public sealed record Resumed(
    FeedId Feed,
    SocketId Socket,
    int Op,
    Position From,
    bool Recovered,
    IReadOnlyList<Envelope> Missed,
    IReadOnlyList<RecordId> Records,
    bool Watches,
    Member? Remembered = null) : IMemberReply;

/// <summary>The membership had ended before the client came back.</summary>
public sealed record NotMember(FeedId Feed, SocketId Socket, int Op) : IMemberReply;

/// <summary>The command was refused, and nothing was changed.</summary>
public sealed record MemberRefused(FeedId Feed, SocketId Socket, int Op, string Code, string Reason) : IMemberReply;

/// <summary>The receipt of a publication: its place in the feed's order, and how many it was for.</summary>
public sealed record Published(FeedId Feed, Position Position, int Members) : IFeedReply;

/// <summary>The publication or question was refused, and nothing was changed.</summary>
public sealed record Refused(FeedId Feed, string Code, string Reason) : IFeedReply;

/// <summary>What a relay has missed: everything from its position to <paramref name="Upto"/>, if <paramref name="Complete"/>.</summary>
public sealed record Replayed(FeedId Feed, Position Upto, bool Complete, IReadOnlyList<Envelope> Messages) : IFeedReply;

/// <summary>How a feed is.</summary>
public sealed record FeedDescription(FeedId Feed, Position Position, int Members, int History) : IFeedReply;

/// <summary>Some members, in the order of their ids; <paramref name="More"/> when others follow.</summary>
public sealed record MemberPage(FeedId Feed, int Total, IReadOnlyList<Member> Members, bool More) : IFeedReply;

/// <summary>Some kept messages, oldest first. Not <paramref name="Complete"/> when some before them are no longer kept.</summary>
public sealed record HistoryPage(FeedId Feed, Position Position, bool Complete, IReadOnlyList<Envelope> Messages, bool More) : IFeedReply;
