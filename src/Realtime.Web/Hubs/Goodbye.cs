using Microsoft.AspNetCore.Connections;
using Realtime.Web.Transport;
using Realtime.Web.Transport.Frames;

namespace Realtime.Web.Hubs;

/// <summary>
/// Tells a client that said goodbye from one that was lost. A client that leaves sends SignalR's close message, and a page that is
/// left closes its WebSocket as going away; whatever else ends a connection is a loss, also a close without a reason: a client
/// that has not heard from the server for too long does that, and comes back.
/// </summary>
internal sealed class Goodbye : IClosedByClient
{
    private static readonly AsyncLocal<Goodbye?> OfThisConnection = new();

    private volatile bool _wasSaid;

    /// <summary>That of the connection whose messages are being read now.</summary>
    public static Goodbye? Current => OfThisConnection.Value;

    /// <summary>Whether the client left in good order.</summary>
    public bool WasSaid => _wasSaid;

    /// <summary>Gives every connection its own.</summary>
    public static ConnectionDelegate Watch(ConnectionDelegate hub) => connection =>
    {
        var goodbye = new Goodbye();
        connection.Features.Set(goodbye);
        connection.Features.Set<IClosedByClient>(goodbye);
        // A hub protocol is shared by all connections: this is how it knows whose message it reads.
        OfThisConnection.Value = goodbye;
        return hub(connection);
    };

    /// <summary>The client's close message came.</summary>
    public void Say() => _wasSaid = true;

    void IClosedByClient.Note(ushort? code) => _wasSaid |= code == CloseCode.GoingAway;
}
