using Akka.Actor;

namespace Realtime.Actors.Sessions;

/// <summary>A new connection wants a session. Answered by <see cref="SessionOpened"/>.</summary>
/// <param name="Socket">The id of the new socket.</param>
/// <param name="Transport">The connection.</param>
/// <param name="User">Who the client is, as members of rooms with presence see it; null for an anonymous one.</param>
public sealed record OpenSession(SocketId Socket, ISocketTransport Transport, string? User = null);

/// <summary>The session of a new connection.</summary>
public sealed record SessionOpened(SocketId Socket, IActorRef Session);

/// <summary>
/// A new connection belongs to a socket that was lost, here or on another node, and whose client has seen each feed up to
/// these positions. Answered by <see cref="SessionResumed"/> or <see cref="SessionUnavailable"/>. The client's right to it was checked before.
/// </summary>
public sealed record ResumeSession(SocketId Socket, ISocketTransport Transport, IReadOnlyDictionary<FeedId, Position> Seen, string? User = null);

/// <summary>The socket is back. What it missed has been written before this is said.</summary>
public sealed record SessionResumed(SocketId Socket, IActorRef Session, IReadOnlyList<ResumedFeed> Feeds);

/// <summary>A room or topic of the socket did not answer in time: the client is to come back once more. It has lost nothing.</summary>
public sealed record SessionUnavailable(SocketId Socket);

/// <summary>The connection that was to take up a socket is not used for it: it was told to come back once more.</summary>
public sealed record ResumeAbandoned(SocketId Socket, ISocketTransport Transport);

/// <summary>One feed of a socket that is back.</summary>
/// <param name="Feed">The feed.</param>
/// <param name="Position">Where live delivery began.</param>
/// <param name="Recovered">Whether the client got everything that it had missed.</param>
public sealed record ResumedFeed(FeedId Feed, Position Position, bool Recovered);

/// <summary>A connection has ended. Its session begins to wait, or leaves everything if the client said goodbye.</summary>
/// <param name="Transport">The connection; the session may have another one by now.</param>
/// <param name="IsGoodbye">Whether the client ended it in good order.</param>
/// <param name="IsOtherNow">Whether the connection goes on, as that of an older socket: nobody has gone.</param>
public sealed record ConnectionEnded(ISocketTransport Transport, bool IsGoodbye, bool IsOtherNow = false);

/// <summary>
/// A socket has gone for good, and has left everything: published on the event stream of the node that had its session. When the node itself
/// ends, it is the answer to <see cref="TakeLeave"/>. Nobody says it for a node that is lost.
/// </summary>
/// <param name="Socket">The socket.</param>
/// <param name="User">Who the client was.</param>
/// <param name="Since">When its session began.</param>
/// <param name="Feeds">The rooms and topics that it was in.</param>
/// <param name="MayComeBack">Whether it is a member of them still, and may come back within the resume window: only its node ends.</param>
public sealed record SocketGone(SocketId Socket, string? User, DateTimeOffset Since, IReadOnlyList<FeedId> Feeds, bool MayComeBack = false);

/// <summary>
/// Asks a session what becomes of its socket, since its node ends. Answered by <see cref="SocketGone"/>, which is not published
/// then, or by <see cref="UnknownSocket"/> when nobody has gone by it. Never leaves the node.
/// </summary>
public sealed record TakeLeave(SocketId Socket);

/// <summary>
/// Asks a session of this node that whatever it was told before be on its way to its client. Answered by
/// <see cref="SocketDone"/>: what is written to the connection after that comes later. Never leaves the node.
/// </summary>
public sealed record Fence(SocketId Socket);
