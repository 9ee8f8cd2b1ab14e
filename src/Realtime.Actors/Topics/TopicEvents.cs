using System.Collections.Immutable;

namespace Realtime.Actors.Topics;

/// <summary>A socket subscribed to records or began to watch; its first subscription makes it a member.</summary>
public sealed record SubscriberAdded(SocketId Socket, NodeId Node, DateTimeOffset At, ImmutableArray<RecordId> Records, bool Watches, long Term = 0)
    : IFeedEvent;

/// <summary>A socket gave up records, or watching.</summary>
public sealed record SubscriberReduced(SocketId Socket, ImmutableArray<RecordId> Records, bool Unwatched) : IFeedEvent;

/// <summary>A record came into being: whoever watches is subscribed to it (contract P-31).</summary>
public sealed record RecordIntroduced(RecordId Record) : IFeedEvent;

/// <summary>A record is gone, and so are its subscriptions (P-32).</summary>
public sealed record RecordRetired(RecordId Record) : IFeedEvent;
