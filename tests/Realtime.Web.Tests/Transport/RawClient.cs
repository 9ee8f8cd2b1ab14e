using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Realtime.Web.Tests.Transport;

/// <summary>A client that speaks WebSocket by hand, rightly or wrongly, and reads what comes back frame by frame.</summary>
public sealed class RawClient : IDisposable
{
    private readonly Socket _socket;
    private readonly NetworkStream _stream;

    private RawClient(Socket socket)
    {
        _socket = socket;
        _stream = new NetworkStream(socket);
    }

    public Socket Socket => _socket;

    /// <summary>Opens a TCP connection and sends the opening handshake, and what shall come in the same segment.</summary>
    public static async Task<RawClient> ConnectAsync(int port, string path, string more = "", int? receiveBuffer = null, byte[]? early = null)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (receiveBuffer is { } size)
        {
            socket.ReceiveBufferSize = size;
        }

        await socket.ConnectAsync(IPAddress.Loopback, port);
        var client = new RawClient(socket);
        var head = Encoding.ASCII.GetBytes(
            $"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n" +
            $"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n{more}\r\n");
        await client.SendAsync([.. head, .. early ?? []]);
        return client;
    }

    /// <summary>Opens a connection on which hub messages can be exchanged at once.</summary>
    public static async Task<RawClient> OpenHubAsync(int port, string path, int? receiveBuffer = null)
    {
        var client = await ConnectAsync(port, path, receiveBuffer: receiveBuffer);
        Assert.StartsWith("HTTP/1.1 101", await client.ReadHeadAsync(), StringComparison.Ordinal);
        await client.SendAsync(RawFrame.OfText("{\"protocol\":\"json\",\"version\":1}\u001e"));
        Assert.Equal("{}\u001e", (await client.ReadFrameAsync())!.PayloadText);
        return client;
    }

    public Task SendAsync(RawFrame frame) => SendAsync(frame.ToBytes());

    public async Task SendAsync(byte[] bytes) => await _stream.WriteAsync(bytes);

    /// <summary>Calls a hub method and waits for its answer.</summary>
    public async Task<JsonElement> CallAsync(string target, params object[] arguments)
    {
        await SendAsync(RawFrame.OfText(Invocation("1", target, arguments)));
        while (await ReadFrameAsync() is { } frame)
        {
            foreach (var message in frame.PayloadText.Split('\u001e', StringSplitOptions.RemoveEmptyEntries))
            {
                using var json = JsonDocument.Parse(message);
                if (json.RootElement.GetProperty("type").GetInt32() == 3)
                {
                    return json.RootElement.TryGetProperty("result", out var result) ? result.Clone() : default;
                }
            }
        }

        throw new IOException("The connection ended before the answer.");
    }

    public static string Invocation(string id, string target, params object[] arguments) =>
        JsonSerializer.Serialize(new { type = 1, invocationId = id, target, arguments }) + "\u001e";

    /// <summary>The answer to the opening handshake.</summary>
    public async Task<string> ReadHeadAsync()
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await ReadExactlyAsync(one);
            head.Append((char)one[0]);
        }

        return head.ToString();
    }

    /// <summary>The next frame, or null if the connection ends, rightly or not.</summary>
    public async Task<RawFrame?> ReadFrameAsync()
    {
        try
        {
            var start = new byte[2];
            await ReadExactlyAsync(start);
            Assert.True((start[1] & 0x80) == 0, "A server's frame is not masked.");
            long length = start[1];
            if (length >= 126)
            {
                var extended = new byte[length == 126 ? 2 : 8];
                await ReadExactlyAsync(extended);
                length = extended.Length == 2 ? BinaryPrimitives.ReadUInt16BigEndian(extended) : BinaryPrimitives.ReadInt64BigEndian(extended);
            }

            var payload = new byte[length];
            await ReadExactlyAsync(payload);
            return new RawFrame(start[0] & 0x0F, payload) { IsFinal = (start[0] & 0x80) != 0, ReservedBits = (start[0] >> 4) & 7, Mask = null };
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            return null;
        }
    }

    /// <summary>Reads until the server's close frame and returns its code; null if the connection ends without one.</summary>
    public async Task<int?> ReadCloseAsync()
    {
        var deadline = DateTime.UtcNow + Limits.Patience;
        while (await ReadFrameAsync() is { } frame)
        {
            Assert.True(DateTime.UtcNow < deadline, "No close frame came.");
            if (frame.Opcode == RawFrame.Close)
            {
                return BinaryPrimitives.ReadUInt16BigEndian(frame.Payload);
            }
        }

        return null;
    }

    /// <summary>Ends the connection without a word: a reset.</summary>
    public void Reset()
    {
        _socket.LingerState = new LingerOption(true, 0);
        _socket.Close();
    }

    public void Dispose()
    {
        _stream.Dispose();
        _socket.Dispose();
    }

    private async Task ReadExactlyAsync(byte[] bytes)
    {
        using var patience = new CancellationTokenSource(Limits.Patience);
        try
        {
            await _stream.ReadExactlyAsync(bytes, patience.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException("Nothing came.");
        }
    }
}
