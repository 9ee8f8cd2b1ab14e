namespace Realtime.Web.Hubs;

/// <summary>What a client needs to know of its socket.</summary>
/// <param name="SocketId">The id of the socket: what others address it by.</param>
/// <param name="ResumeToken">Proves, on another connection, that the client is this socket. A secret of the client.</param>
/// <param name="ResumeWindowSeconds">How long it has to come back.</param>
/// <param name="Node">The node that it is connected to.</param>
/// <param name="RequestsAtOnce">How many virtual requests it may have under way; any more are answered with 429.</param>
public sealed record Hello(string SocketId, string ResumeToken, double ResumeWindowSeconds, string Node, int RequestsAtOnce);

/// <summary>How a broadcast of a client's wants to be treated.</summary>
/// <param name="Transient">Whether it is worthless a moment later: it gets no number, is not kept, and is heard at most once.</param>
/// <param name="IdempotencyKey">The same for each attempt of this socket, so that a retry counts once.</param>
public sealed record BroadcastOptions(bool Transient = false, string? IdempotencyKey = null);

/// <summary>A place in what a room or topic says: up to where a client has seen it, from where on it hears it, or before what it missed some.</summary>
public sealed record SeenPosition(string Room, long Epoch, long Seq);

/// <summary>A socket that is back.</summary>
/// <param name="SocketId">Its id, the same as before.</param>
/// <param name="ResumeToken">A fresh token.</param>
/// <param name="ResumeWindowSeconds">How long it has to come back next time.</param>
/// <param name="Node">The node that it is connected to.</param>
/// <param name="Rooms">What it is still in. Whatever is missing here has ended: join again.</param>
public sealed record ResumedSocket(
    string SocketId, string ResumeToken, double ResumeWindowSeconds, string Node, IReadOnlyList<ResumedRoom> Rooms);

/// <summary>One room or topic of a socket that is back.</summary>
/// <param name="Room">Its name, as in enveloped messages.</param>
/// <param name="Epoch">Its epoch.</param>
/// <param name="Seq">Where live delivery began.</param>
/// <param name="Recovered">Whether everything that was missed has been sent again.</param>
public sealed record ResumedRoom(string Room, long Epoch, long Seq, bool Recovered);
