namespace Realtime.Web.Sockets;

/// <summary>
/// Single sockets, for server code: works from any node for a socket on any other. All calls fail with a
/// <see cref="RealtimeException"/>: <see cref="ErrorCodes.UnknownSocket"/> when it is connected nowhere,
/// <see cref="ErrorCodes.Unavailable"/> when its node did not answer in time.
/// </summary>
public interface ISockets
{
    /// <summary>How a socket is, and which rooms it is in (contract ); one that waits for its client is there as well.</summary>
    Task<SocketInfo> DescribeAsync(SocketId socket, CancellationToken cancellation = default);

    /// <summary>
    /// Says something to one socket that must be connected now. A broadcast to its own room does the same, and is silent where
    /// there is nobody.
    /// </summary>
    /// <param name="socket">The socket.</param>
    /// <param name="name">The event.</param>
    /// <param name="data">The data, as UTF-8 JSON.</param>
    /// <param name="cancellation">Stops waiting; the message may arrive all the same.</param>
    Task SendAsync(SocketId socket, EventName name, ReadOnlyMemory<byte> data, CancellationToken cancellation = default);

    /// <summary>Closes the connection of a socket, which leaves everything and cannot come back.</summary>
    Task DisconnectAsync(SocketId socket, CancellationToken cancellation = default);
}

/// <summary>How a socket is.</summary>
/// <param name="SocketId">Its id.</param>
/// <param name="Node">The node that holds its session.</param>
/// <param name="IsConnected">False while it has lost its connection and may still come back.</param>
/// <param name="Since">When the session began.</param>
/// <param name="Rooms">The rooms that it is in.</param>
public sealed record SocketInfo(string SocketId, string Node, bool IsConnected, DateTimeOffset Since, IReadOnlyList<string> Rooms);
