using System.Net.Sockets;

namespace Realtime.Web.Transport.Output;

/// <summary>
/// Writes to the socket itself, past the server's pipes: no copy, no other thread. The server must have written all that
/// it had for this connection, and must write nothing more.
/// </summary>
internal sealed class SocketWire : Wire
{
    private readonly Socket _socket;

    public SocketWire(Socket socket)
    {
        _socket = socket;

        // Else a synchronous send would block its thread when the kernel's buffer is full. Asynchronous calls, the
        // server's own among them, don't care.
        socket.Blocking = false;
    }

    public override ValueTask SendAsync(ReadOnlyMemory<byte> bytes)
    {
        // The synchronous call needs no event arguments kept per socket, which the asynchronous one does.
        var sent = _socket.Send(bytes.Span, SocketFlags.None, out var error);
        if (sent == bytes.Length)
        {
            return ValueTask.CompletedTask;
        }

        return error is SocketError.Success or SocketError.WouldBlock
            ? SendRestAsync(bytes[sent..])
            : throw new IOException($"The socket refused a write: {error}.");
    }

    private async ValueTask SendRestAsync(ReadOnlyMemory<byte> rest)
    {
        while (!rest.IsEmpty)
        {
            var sent = await _socket.SendAsync(rest, SocketFlags.None).ConfigureAwait(false);
            rest = rest[sent..];
        }
    }
}
