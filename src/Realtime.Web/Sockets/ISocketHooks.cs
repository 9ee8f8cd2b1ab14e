using Microsoft.AspNetCore.Http;

namespace Realtime.Web.Sockets;

/// <summary>
/// What an application wants to say to clients that connect, and to hear of those that have gone (contract L-5, L-6). Register any number:
/// <c>services.AddSingleton&lt;ISocketHooks, MyHooks&gt;()</c>.
/// </summary>
public interface ISocketHooks
{
    /// <summary>
    /// Whether a client may connect: asked with each request that wants a connection, after its origin, authentication and authorization, and
    /// before there is a socket. Where one of the hooks says no, or throws, the answer is 403.
    /// </summary>
    /// <param name="handshake">The request; its user is who the application says.</param>
    ValueTask<bool> MayConnectAsync(HttpContext handshake) => ValueTask.FromResult(true);

    /// <summary>
    /// A socket has gone for good: its client said goodbye, or did not come back within the resume window, or was disconnected. By now it is out of
    /// all rooms. Called once, on the node that had the socket. When that node itself ends, it is called for all sockets that the node still has, with
    /// <see cref="FormerSocket.MayComeBack"/>, and waited for up to <see cref="SocketSettings.GoneWithin"/>. A node that is killed or lost cannot
    /// call it. What it throws is logged.
    /// </summary>
    /// <param name="socket">The socket.</param>
    /// <param name="cancellation">Cancelled when the node waits no longer.</param>
    ValueTask GoneAsync(FormerSocket socket, CancellationToken cancellation) => ValueTask.CompletedTask;
}

/// <summary>A socket that has gone.</summary>
/// <param name="Id">Its id, which nobody will have again.</param>
/// <param name="User">Who its client was, as <c>IUserIdProvider</c> says; null for an anonymous one.</param>
/// <param name="Since">When it connected first.</param>
/// <param name="Rooms">The rooms that it was in.</param>
public sealed record FormerSocket(SocketId Id, string? User, DateTimeOffset Since, IReadOnlyList<RoomName> Rooms)
{
    /// <summary>
    /// Whether only its node ends: the socket is a member of its rooms still, and its client has been told to come back, which it can within the
    /// resume window, as the same socket on any node. If it does, this was not the end, and there is another call when it goes; if it does
    /// not, there is none.
    /// </summary>
    public bool MayComeBack { get; init; }
}
