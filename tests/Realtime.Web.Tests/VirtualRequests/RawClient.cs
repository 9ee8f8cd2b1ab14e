using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Realtime.Testing;

namespace Realtime.Web.Tests.VirtualRequests;

/// <summary>
/// Speaks SignalR's JSON protocol by hand and sees messages in the order of the wire: the stock client hands events over on
/// another path than answers.
/// </summary>
internal sealed class RawClient : IAsyncDisposable
{
    private const char End = '\u001e';

    private readonly ClientWebSocket _socket = new();
    private readonly Queue<JsonNode> _read = new();
    private readonly StringBuilder _rest = new();
    private int _lastCall;

    public static async Task<RawClient> ConnectAsync(Uri application, string hubPath = MapRealtimeExtensions.HubPath)
    {
        var client = new RawClient();
        var hub = new UriBuilder(application) { Scheme = "ws", Path = hubPath }.Uri;
        await client._socket.ConnectAsync(hub, CancellationToken.None);
        await client.SendAsync("""{"protocol":"json","version":1}""");
        await client.NextAsync();
        return client;
    }

    /// <summary>Calls a hub method, without waiting for its answer; returns the call's id.</summary>
    public async Task<string> CallAsync(string method, params JsonNode?[] arguments)
    {
        var id = $"{++_lastCall}";
        await SendAsync(new JsonObject { ["type"] = 1, ["invocationId"] = id, ["target"] = method, ["arguments"] = new JsonArray(arguments) }.ToJsonString());
        return id;
    }

    public Task<string> RequestAsync(string method, string url) => CallAsync("Request", new JsonObject { ["method"] = method, ["url"] = url });

    /// <summary>The next message that is an event or an answer.</summary>
    public async Task<JsonNode> NextAsync()
    {
        var bytes = new byte[64 * 1024];
        using var patience = new CancellationTokenSource(Eventually.Patience);
        while (_read.Count == 0)
        {
            var read = await _socket.ReceiveAsync(bytes, patience.Token);
            if (read.MessageType == WebSocketMessageType.Close)
                throw new InvalidOperationException($"The server closed the connection: {read.CloseStatus} {read.CloseStatusDescription}, after {_rest}");
            _rest.Append(Encoding.UTF8.GetString(bytes, 0, read.Count));
            var parts = _rest.ToString().Split(End);
            _rest.Clear().Append(parts[^1]);
            foreach (var part in parts[..^1])
            {
                if (JsonNode.Parse(part) is { } message && message["type"]?.GetValue<int>() != 6)
                    _read.Enqueue(message);
            }
        }
        return _read.Dequeue();
    }

    /// <summary>Everything up to the answer to a call, that included.</summary>
    public async Task<List<JsonNode>> UntilAnswerAsync(string call)
    {
        var messages = new List<JsonNode>();
        do
            messages.Add(await NextAsync());
        while (messages[^1]["invocationId"]?.GetValue<string>() != call);
        return messages;
    }

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Sends a message of one's own making.</summary>
    public Task SendAsync(string message) =>
        _socket.SendAsync(Encoding.UTF8.GetBytes(message + End), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
}
