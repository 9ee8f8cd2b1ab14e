using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Realtime.Crash.Tests;

/// <summary>
/// What stands in front of a cluster: one address, from which each new connection is led to the next node that takes one. A
/// connection whose node dies is reset, as by a real one.
/// </summary>
internal sealed class Balancer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentBag<Socket> _ends = [];
    private readonly ConcurrentBag<Task> _wires = [];
    private readonly Task _accepting;
    private volatile IReadOnlyList<Uri> _nodes = [];
    private int _turn;

    public Balancer()
    {
        _listener.Start();
        Url = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _accepting = AcceptAsync();
    }

    /// <summary>The one address.</summary>
    public Uri Url { get; }

    /// <summary>From now on new connections are led to these.</summary>
    public void LeadTo(IEnumerable<Uri> nodes) => _nodes = [.. nodes];

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        while (_ends.TryTake(out var end))
            end.Close(0);
        await _accepting;
        await Task.WhenAll(_wires);
        _listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _wires.Add(LeadAsync(await _listener.AcceptSocketAsync()));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Disposed of while waiting for the next connection.
        }
    }

    private async Task LeadAsync(Socket client)
    {
        _ends.Add(client);
        if (await NextNodeAsync() is not { } node)
        {
            client.Close(0);
            return;
        }
        _ends.Add(node);
        try
        {
            await Task.WhenAll(PumpAsync(client, node), PumpAsync(node, client));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            client.Close(0);
            node.Close(0);
        }
    }

    private async Task<Socket?> NextNodeAsync()
    {
        var nodes = _nodes;
        for (var tries = 0; tries < nodes.Count; tries++)
        {
            var next = nodes[(Interlocked.Increment(ref _turn) & int.MaxValue) % nodes.Count];
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(next.Host, next.Port);
                return socket;
            }
            catch (SocketException)
            {
                socket.Dispose(); // it takes nobody: the next one
            }
        }
        return null;
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
