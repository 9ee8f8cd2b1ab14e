using System.Net;
using System.Text;
using Realtime.Bench.Linux;

namespace Realtime.Bench.Clients;

/// <summary>A WebSocket client; the protocols above it are its subclasses.</summary>
internal abstract class Client : IReadable, IDisposable
{
    private readonly EventLoop _loop;
    private readonly RawSocket _socket;
    private readonly IClientEvents _events;
    private byte[] _rest = [];
    private byte[] _fragments = [];
    private bool _upgraded;
    private bool _closed;

    /// <param name="loop">Where it lives.</param>
    /// <param name="site">Whom it calls.</param>
    /// <param name="events">Whom it tells.</param>
    protected Client(EventLoop loop, Site site, IClientEvents events)
    {
        (_loop, _events, Index) = (loop, events, site.Index);
        _socket = RawSocket.Connect(site.Server);
        _loop.Add(_socket.Fd, this);
        _socket.Send(Encoding.ASCII.GetBytes(
            $"GET {site.Path} HTTP/1.1\r\nHost: {site.Server}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n" +
            $"Origin: http://{site.Server}\r\n\r\n"));
    }

    /// <summary>Its place among the members; what the ledger knows it by.</summary>
    internal int Index { get; }

    /// <summary>Asks to be a member of a room; <see cref="IClientEvents.Answered"/> follows.</summary>
    internal abstract void Join(string room);

    /// <summary>Asks for a broadcast; <see cref="IClientEvents.Answered"/> follows.</summary>
    internal abstract void Broadcast(string room, ReadOnlySpan<byte> payload);

    /// <summary>Says what the protocol wants to hear now and then from a client that is alive.</summary>
    internal abstract void KeepAlive();

    /// <summary>The WebSocket is open.</summary>
    protected abstract void Opened();

    /// <summary>A whole WebSocket message came.</summary>
    protected abstract void Received(ReadOnlySpan<byte> message);

    protected void Ready() => _events.Ready(this);

    protected void Answered() => _events.Answered(this);

    protected void Message(ReadOnlySpan<byte> message) => _events.Received(this, message);

    protected void Fail(string reason)
    {
        if (!_closed)
            _events.Failed(this, reason);
    }

    protected void Fail(ReadOnlySpan<byte> message) => Fail(Encoding.UTF8.GetString(message));

    protected void Send(string text) => Send(WebSocketFrames.Text, Encoding.UTF8.GetBytes(text));

    protected void Send(int opcode, ReadOnlySpan<byte> payload)
    {
        if (!_socket.Send(WebSocketFrames.Encode(opcode, payload)))
            Fail("The connection broke while sending.");
    }

    void IReadable.OnReadable()
    {
        var buffer = _loop.Buffer;
        _rest.CopyTo(buffer, 0);
        var read = _socket.Receive(buffer.AsSpan(_rest.Length));
        if (read < 0)
            return;
        if (read == 0)
        {
            Fail("The server closed the connection.");
            Dispose();
            return;
        }

        ReadOnlySpan<byte> data = buffer.AsSpan(0, _rest.Length + read);
        if (_upgraded || TakeUpgrade(ref data))
            TakeFrames(ref data);
        if (data.Length > 0 || _rest.Length > 0)
            _rest = data.ToArray();
    }

    /// <summary>Says good-bye, so that a server that waits for lost connections does not wait for this one, and closes.</summary>
    public void Dispose()
    {
        if (_closed)
            return;
        _closed = true;
        _socket.Send(WebSocketFrames.Encode(WebSocketFrames.Close, [0x03, 0xE8]));
        _loop.Remove(_socket.Fd);
        _socket.Dispose();
    }

    private bool TakeUpgrade(ref ReadOnlySpan<byte> data)
    {
        var end = data.IndexOf("\r\n\r\n"u8);
        if (end < 0)
            return false;
        if (!data.StartsWith("HTTP/1.1 101 "u8))
            Fail(data[..end]);
        data = data[(end + 4)..];
        _upgraded = true;
        Opened();
        return true;
    }

    private void TakeFrames(ref ReadOnlySpan<byte> data)
    {
        while (!_closed && WebSocketFrames.TryTake(ref data, out var last, out var opcode, out var payload))
        {
            switch (opcode)
            {
                case WebSocketFrames.Ping:
                    Send(WebSocketFrames.Pong, payload);
                    break;
                case WebSocketFrames.Pong:
                    break;
                case WebSocketFrames.Close:
                    Fail("The server said good-bye.");
                    break;
                case WebSocketFrames.Text or WebSocketFrames.Binary when last:
                    Received(payload);
                    break;
                default:
                    _fragments = [.. _fragments, .. payload];
                    if (last)
                    {
                        Received(_fragments);
                        _fragments = [];
                    }

                    break;
            }
        }
    }
}
