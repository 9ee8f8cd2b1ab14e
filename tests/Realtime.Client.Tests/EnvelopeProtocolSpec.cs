using System.Buffers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Realtime.Client.Connection;

namespace Realtime.Client.Tests;

/// <summary>What the server says is handed over before anything that came after it is read.</summary>
public sealed class EnvelopeProtocolSpec : IInvocationBinder
{
    private readonly List<string> _received = [];
    private readonly EnvelopeProtocol _protocol;

    public EnvelopeProtocolSpec() => _protocol = new((target, arguments) => _received.Add($"{target} {arguments.GetRawText()}"));

    [Theory, InlineData(1), InlineData(7), InlineData(1000)]
    public void Messages_and_answers_are_read_in_the_order_of_the_bytes_however_these_are_cut(int size)
    {
        const string Text = """
            {"type":1,"target":"$","arguments":["e",{"a":[1,"}"]},"room",1,2,null]}|{"type":3,"invocationId":"1","result":{"ok":true}}|
            {"target":"$missed","arguments":[1],"type":1}|{"type":6}|{"type":7,"error":"end"}|
            """;
        var bytes = Encoding.UTF8.GetBytes(Text.ReplaceLineEndings("").Replace('|', '\u001e'));
        var (read, buffer) = (new List<string>(), new List<byte>());
        foreach (var piece in bytes.Chunk(size))
        {
            buffer.AddRange(piece);
            var input = new ReadOnlySequence<byte>(buffer.ToArray());
            while (_protocol.TryParseMessage(ref input, this, out var message))
                read.Add($"{message.GetType().Name} after {_received.Count}");
            buffer = [.. input.ToArray()];
        }
        Assert.Empty(buffer);
        Assert.Equal(["PingMessage after 1", "CompletionMessage after 1", "PingMessage after 2", "PingMessage after 2", "CloseMessage after 2"], read);
        Assert.Equal(["""$ ["e",{"a":[1,"}"]},"room",1,2,null]""", "$missed [1]"], _received);
    }

    Type IInvocationBinder.GetReturnType(string invocationId) => typeof(JsonElement);

    IReadOnlyList<Type> IInvocationBinder.GetParameterTypes(string methodName) => throw new NotSupportedException();

    Type IInvocationBinder.GetStreamItemType(string streamId) => throw new NotSupportedException();
}
