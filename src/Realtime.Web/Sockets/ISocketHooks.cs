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
    /// all rooms. Called once, on the node that had the socket; not when that node itself ends or is lost. What it throws is logged.
    /// </summary>
    ValueTask GoneAsync(FormerSocket socket, CancellationToken cancellation) => ValueTask.CompletedTask;
}

/// <summary>A socket that has gone.</summary>
/// <param name="Id">Its id, which nobody will have again.</param>
/// <param name="User">Who its client was, as <c>IUserIdProvider</c> says; null for an anonymous one.</param>
/// <param name="Since">When it connected first.</param>
/// <param name="Rooms">The rooms that it was in.</param>
public sealed record FormerSocket(SocketId Id, string? User, DateTimeOffset Since, IReadOnlyList<RoomName> Rooms);
