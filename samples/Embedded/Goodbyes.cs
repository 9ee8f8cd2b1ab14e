using Realtime.Actors.Names;
using Realtime.Web.Rooms;
using Realtime.Web.Sockets;

namespace Embedded;

/// <summary>Keeps some clients out, and tells rooms who has left them. Registered by who wants it, as an <see cref="ISocketHooks"/>.</summary>
public sealed class Goodbyes(IRooms rooms) : ISocketHooks
{
    public ValueTask<bool> MayConnectAsync(HttpContext handshake) => new(!handshake.User.HasClaim("banned", "true"));

    public async ValueTask GoneAsync(FormerSocket socket, CancellationToken cancellation)
    {
        if (socket.MayComeBack)
            return;     // only this node ends
        foreach (var room in socket.Rooms)
            await rooms.BroadcastAsync(room, EventName.Parse("gone"), socket.Id.Value, cancellation: cancellation);
    }
}
