using System.Collections.Immutable;

namespace Realtime.Actors.Feeds;

/// <summary>Something that happened to a feed, as its journal has it.</summary>
public interface IFeedEvent : IWireMessage;

/// <summary>What happened in one turn: one row of the journal.</summary>
/// <param name="Events">What happened.</param>
/// <param name="Name">The name of the feed, where it is too long to stand in its rows' persistence id.</param>
public sealed record FeedChanged(ImmutableArray<IFeedEvent> Events, string? Name = null) : IFeedEvent;

/// <summary>A socket joined a room.</summary>
public sealed record MemberJoined(SocketId Socket, NodeId Node, DateTimeOffset At, Presence? Presence = null) : IFeedEvent;

/// <summary>A member tells something else about itself, as UTF-8 JSON.</summary>
public sealed record PresenceTold(SocketId Socket, ReadOnlyMemory<byte> Data) : IFeedEvent;

/// <summary>A socket left, by itself or because it did not come back.</summary>
public sealed record MemberLeft(SocketId Socket) : IFeedEvent;

/// <summary>A member's session is on another node now.</summary>
public sealed record MemberMoved(SocketId Socket, NodeId Node) : IFeedEvent;

/// <summary>A durable feed said something.</summary>
/// <param name="Epoch">The epoch of its number.</param>
/// <param name="Message">What it said.</param>
/// <param name="At">When.</param>
/// <param name="Key">The publisher's key, by which a retry is recognised.</param>
/// <param name="Members">For how many members it was: what the publisher is told again on a retry.</param>
public sealed record MessageSaid(long Epoch, Envelope Message, DateTimeOffset At, string? Key, int Members) : IFeedEvent;

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
