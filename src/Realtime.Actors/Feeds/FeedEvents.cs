using System.Collections.Immutable;

namespace Realtime.Actors.Feeds;

/// <summary>Something that happened to a feed, as its journal has it.</summary>
public interface IFeedEvent : IWireMessage;

/// <summary>What happened in one turn: one row of the journal.</summary>
public sealed record FeedChanged(ImmutableArray<IFeedEvent> Events) : IFeedEvent;

/// <summary>A socket joined a room.</summary>
public sealed record MemberJoined(SocketId Socket, NodeId Node, DateTimeOffset At) : IFeedEvent;

/// <summary>A socket left, by itself or because it did not come back.</summary>
public sealed record MemberLeft(SocketId Socket) : IFeedEvent;

/// <summary>A member's session is on another node now.</summary>
public sealed record MemberMoved(SocketId Socket, NodeId Node) : IFeedEvent;

/// <summary>A node was lost, and the members on it did not come back in time.</summary>
public sealed record NodeExpired(NodeId Node) : IFeedEvent;

/// <summary>
/// A feed that had rested with its numbers written down is about to speak again. From here on the written numbers are
/// out of date, so that a crash begins a new epoch instead of using a number twice.
/// </summary>
public sealed record FeedWoke : IFeedEvent
{
    /// <summary>The only one.</summary>
    public static readonly FeedWoke Instance = new();
}
