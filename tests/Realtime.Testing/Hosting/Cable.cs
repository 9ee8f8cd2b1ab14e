using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Realtime.Testing.Hosting;

/// <summary>
/// A wire between a client and a server that can be cut: a client that connects to <see cref="Url"/> is connected to the server
/// behind it until <see cref="Cut"/>, which neither end has asked for, and again after <see cref="Mend"/>.
/// </summary>
public sealed class Cable : IAsyncDisposable
{
    private readonly Uri _server;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentBag<Socket> _ends = [];
    private readonly ConcurrentBag<Task> _wires = [];
    private readonly Task _accepting;
    private volatile bool _isCut;

    /// <summary>Lays it.</summary>
    /// <param name="server">What it leads to; the path is kept.</param>
    public Cable(Uri server)
    {
        _server = server;
        _listener.Start();
        Url = new UriBuilder(server) { Port = ((IPEndPoint)_listener.LocalEndpoint).Port }.Uri;
        _accepting = AcceptAsync();
    }

    /// <summary>The address at the client's end.</summary>
    public Uri Url { get; }

    /// <summary>Cuts what runs through it, as a dead network does: both ends see a reset. Nothing connects through it any more.</summary>
    public void Cut()
    {
        _isCut = true;
        while (_ends.TryTake(out var end))
            end.Close(0);
    }

    /// <summary>From now on one can connect through it again.</summary>
    public void Mend() => _isCut = false;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Cut();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_wires);
        _listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _wires.Add(ConnectAsync(await _listener.AcceptSocketAsync()));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Cut while waiting for the next client.
        }
    }

    private async Task ConnectAsync(Socket client)
    {
        using var server = new Socket(SocketType.Stream, ProtocolType.Tcp);
        _ends.Add(client);
        _ends.Add(server);
        try
        {
            if (_isCut)
                throw new SocketException((int)SocketError.ConnectionReset);
            await server.ConnectAsync(_server.Host, _server.Port);
            await Task.WhenAll(PumpAsync(client, server), PumpAsync(server, client));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // One end is gone, or the wire is cut; the other end hears of it.
            client.Close(0);
            server.Close(0);
        }
    }

    private static async Task PumpAsync(Socket from, Socket to)
    {
        var buffer = new byte[16 * 1024];
        while (await from.ReceiveAsync(buffer) is > 0 and var count)
            for (var sent = 0; sent < count;)
                sent += await to.SendAsync(buffer.AsMemory(sent, count - sent));
        to.Shutdown(SocketShutdown.Send);
    }
}
