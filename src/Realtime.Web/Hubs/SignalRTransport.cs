using Microsoft.AspNetCore.SignalR;
using Realtime.Actors.Sessions;

namespace Realtime.Web.Hubs;

/// <summary>A SignalR connection, as a session sees it.</summary>
internal sealed class SignalRTransport(HubConnectionContext connection, SignalRFormat format) : ISocketTransport
{
    public FrameFormat Format => format;

    public ValueTask WriteAsync(Frame frame) => connection.WriteAsync(((SignalRFrame)frame).Message);

    // Without the hub's own close message, which would tell the client not to come back.
    public void Close(CloseReason reason) => connection.Abort();
}
