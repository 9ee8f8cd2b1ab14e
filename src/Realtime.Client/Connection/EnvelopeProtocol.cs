using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;

namespace Realtime.Client.Connection;

/// <summary>
/// SignalR's JSON protocol, but for the messages of the server: the stock client hands them over beside the answers to calls, so
/// that a resume could be answered before what was missed is there. Here they are handed over as they are read, once parsed.
/// </summary>
internal sealed class EnvelopeProtocol(Action<string, JsonElement> received) : IHubProtocol
{
    private const byte RecordSeparator = 0x1e;

    private readonly JsonHubProtocol _inner = new(Options.Create(new JsonHubProtocolOptions { PayloadSerializerOptions = new(JsonSerializerDefaults.Web) }));

    public string Name => _inner.Name;

    public int Version => _inner.Version;

    public TransferFormat TransferFormat => _inner.TransferFormat;

    public bool IsVersionSupported(int version) => _inner.IsVersionSupported(version);

    public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message) => _inner.GetMessageBytes(message);

    public void WriteMessage(HubMessage message, IBufferWriter<byte> output) => _inner.WriteMessage(message, output);

    public bool TryParseMessage(ref ReadOnlySequence<byte> input, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message)
    {
        message = null;
        if (input.PositionOf(RecordSeparator) is not { } end)
            return false;
        var text = input.Slice(0, end);
        if (!IsInvocation(text))
            return _inner.TryParseMessage(ref input, binder, out message);
        input = input.Slice(input.GetPosition(1, end));
        Read(text);
        message = PingMessage.Instance; // for the connection it is a sign of life, and nothing else
        return true;
    }

    private void Read(ReadOnlySequence<byte> text)
    {
        var reader = new Utf8JsonReader(text);
        var invocation = JsonElement.ParseValue(ref reader);
        received(invocation.GetProperty("target").GetString() ?? string.Empty, invocation.GetProperty("arguments"));
    }

    private static bool IsInvocation(ReadOnlySequence<byte> text)
    {
        var reader = new Utf8JsonReader(text);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isType = reader.ValueTextEquals("type"u8);
            reader.Read();
            if (isType)
                return reader.TryGetInt32(out var type) && type == HubProtocolConstants.InvocationMessageType;
            reader.Skip();
        }
        return false;
    }
}
