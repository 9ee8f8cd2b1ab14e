using Microsoft.AspNetCore.Connections;
using Realtime.Web.Transport;
using Realtime.Web.Transport.Frames;

namespace Realtime.Web.Hubs;

/// <summary>
/// What is known of the client of a connection beside what SignalR knows: its session, and whether it said goodbye or was lost. A
/// client that leaves sends SignalR's close message, and a page that is left closes its WebSocket as going away; whatever else ends
/// a connection is a loss, also a close without a reason: a client that has not heard from the server for too long does that, and
/// comes back.
/// </summary>
internal sealed class HubClient : IClosedByClient
{
    private static readonly AsyncLocal<HubClient?> OfThisConnection = new();

    private volatile bool _saidGoodbye;

    /// <summary>That of the connection whose messages are being read now.</summary>
    public static HubClient? Current => OfThisConnection.Value;

    /// <summary>Its session; null until it has one.</summary>
    public SocketLink? Link { get; set; }

    /// <summary>Whether the client left in good order.</summary>
    public bool SaidGoodbye => _saidGoodbye;

    /// <summary>Gives every connection its own.</summary>
    public static ConnectionDelegate Watch(ConnectionDelegate hub) => connection =>
    {
        var client = new HubClient();
        connection.Features.Set(client);
        connection.Features.Set<IClosedByClient>(client);
        // A hub protocol is shared by all connections: this is how it knows whose message it reads.
        OfThisConnection.Value = client;
        return hub(connection);
    };

    /// <summary>The client's close message came.</summary>
    public void SayGoodbye() => _saidGoodbye = true;

    void IClosedByClient.Note(ushort? code) => _saidGoodbye |= code == CloseCode.GoingAway;
}
