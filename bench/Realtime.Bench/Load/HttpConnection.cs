using System.Globalization;
using System.Net;
using System.Text;
using Realtime.Bench.Linux;

namespace Realtime.Bench.Load;

/// <summary>
/// HTTP/1.1, one request at a time. It lives on the generator's loop, because a client with threads of its own would wait behind
/// that loop for the only CPU they have.
/// </summary>
internal sealed class HttpConnection : IReadable, IDisposable
{
    private readonly EventLoop _loop;
    private readonly RawSocket _socket;
    private readonly Action<HttpConnection> _answered;
    private byte[] _answer = [];

    internal HttpConnection(EventLoop loop, IPEndPoint server, Action<HttpConnection> answered)
    {
        (_loop, _answered, _socket, Server) = (loop, answered, RawSocket.Connect(server), server);
        loop.Add(_socket.Fd, this);
    }

    /// <summary>Where it leads.</summary>
    internal IPEndPoint Server { get; }

    internal void Send(string request)
    {
        if (!_socket.Send(Encoding.UTF8.GetBytes(request)))
            throw new LoadException("The connection of a publisher broke.");
    }

    public void OnReadable()
    {
        var read = _socket.Receive(_loop.Buffer);
        if (read < 0)
            return;
        if (read == 0)
            throw new LoadException("The server closed the connection of a publisher.");
        _answer = [.. _answer, .. _loop.Buffer.AsSpan(0, read)];
        if (!IsWhole(_answer))
            return;
        if (!_answer.AsSpan().StartsWith("HTTP/1.1 2"u8))
            throw new LoadException($"A broadcast was refused: {Encoding.UTF8.GetString(_answer)}");
        _answer = [];
        _answered(this);
    }

    public void Dispose()
    {
        _loop.Remove(_socket.Fd);
        _socket.Dispose();
    }

    private static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        var end = answer.IndexOf("\r\n\r\n"u8);
        if (end < 0)
            return false;
        var body = answer[(end + 4)..];
        var head = Encoding.ASCII.GetString(answer[..end]);
        if (head.Contains("Transfer-Encoding: chunked", StringComparison.OrdinalIgnoreCase))
            return body.EndsWith("0\r\n\r\n"u8);
        const string field = "\r\nContent-Length:";
        var start = head.IndexOf(field, StringComparison.OrdinalIgnoreCase);
        if (start < 0)
            return true;
        var value = head[(start + field.Length)..].Split('\r')[0];
        return body.Length >= int.Parse(value, CultureInfo.InvariantCulture);
    }
}
