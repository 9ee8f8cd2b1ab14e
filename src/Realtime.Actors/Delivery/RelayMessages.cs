using Akka.Actor;

namespace Realtime.Actors.Delivery;

/// <summary>A session asks its node's relay to pass a command on to the feed, and the answer back.</summary>
/// <param name="Command">What it asks of the feed.</param>
/// <param name="Session">Who asks, and gets the answer.</param>
/// <param name="Format">How its client wants messages; null while it has no connection.</param>
/// <param name="IsAskedAgain">Whether the relay has asked once more, since the first answer was out of date when it came.</param>
internal sealed record PassOn(IMemberCommand Command, IActorRef Session, FrameFormat? Format, bool IsAskedAgain = false);

/// <summary>The session waits for an answer no more: one that comes late is for nobody.</summary>
internal sealed record GivenUp(SocketId Socket, int Op);

/// <summary>The session has no connection (any more), or has given up: nothing of this feed shall go to it.</summary>
/// <param name="Feed">The feed.</param>
/// <param name="Socket">The member.</param>
/// <param name="MayComeBack">Whether it waits for its client here; false when another node has its session from now on.</param>
internal sealed record Detach(FeedId Feed, SocketId Socket, bool MayComeBack);

/// <summary>Messages of a feed for one session, encoded for its protocol together with those for all others.</summary>
internal sealed record Delivered(FeedId Feed, long Epoch, Envelope[] Messages, Frame Frame, bool ForAll);

/// <summary>
/// A relay of this node has failed and begun anew: it knows nobody any more, and what it had not passed on is lost. Its sessions
/// come back to it, and tell their clients.
/// </summary>
internal sealed record RelayBeganAnew(string Relay);

/// <summary>The session's client has missed messages of this feed before a position, and cannot get them any more.</summary>
internal sealed record Missed(FeedId Feed, Position Position);

/// <summary>
/// Asks a node's own relay that whatever a feed said up to a position be on its way to a socket of that node. Answered by
/// <see cref="Sessions.SocketDone"/>; at once where the socket is not in the feed. Never leaves the node.
/// </summary>
public sealed record CatchUp(FeedId Feed, SocketId Socket, Position Upto);

/// <summary>Asks a relay for rooms that sockets of its node are members of. Answered by <see cref="RoomPage"/>.</summary>
/// <param name="Prefix">How their names begin; empty for all.</param>
/// <param name="After">The last name of the page before.</param>
/// <param name="Limit">How many names at most.</param>
public sealed record ListRooms(string Prefix, string? After, int Limit) : IWireMessage;

/// <summary>Some of a relay's rooms, by name in ordinal order; <paramref name="More"/> when others follow.</summary>
public sealed record RoomPage(IReadOnlyList<string> Names, bool More) : IWireMessage;
