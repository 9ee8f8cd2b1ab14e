using System.Globalization;
using System.Text;
using Realtime.Bench.Linux;

namespace Realtime.Bench.Clients;

/// <summary>SignalR's hub protocol in JSON, without negotiation, as a stock client with <c>skipNegotiation</c> speaks it.</summary>
internal sealed class SignalRJsonClient(EventLoop loop, Site site, IClientEvents events) : Client(loop, site, events)
{
    private const byte Separator = 0x1E;
    private long _calls;
    private bool _shaken;

    internal override void Join(string room) => Call($"\"target\":\"Join\",\"arguments\":[\"{room}\"]");

    internal override void Broadcast(string room, ReadOnlySpan<byte> payload) =>
        Call($"\"target\":\"Broadcast\",\"arguments\":[\"{room}\",\"tick\",\"{Encoding.ASCII.GetString(payload)}\"]");

    internal override void KeepAlive() => Send("{\"type\":6}\u001e");

    protected override void Opened() => Send("{\"protocol\":\"json\",\"version\":1}\u001e");

    protected override void Received(ReadOnlySpan<byte> message)
    {
        while (!message.IsEmpty)
        {
            var end = message.IndexOf(Separator);
            if (end < 0)
            {
                Fail("A hub message has no end.");
                return;
            }

            Take(message[..end]);
            message = message[(end + 1)..];
        }
    }

    private void Take(ReadOnlySpan<byte> message)
    {
        if (!_shaken)
        {
            _shaken = true;
            if (message.SequenceEqual("{}"u8))
                Ready();
            else
                Fail(message);
        }
        else if (message.StartsWith("{\"type\":1,"u8))
        {
            Message(message);
        }
        else if (message.StartsWith("{\"type\":3,"u8) && message.IndexOf("\"error\":"u8) < 0)
        {
            Answered();
        }
        else if (!message.StartsWith("{\"type\":6"u8))
        {
            Fail(message);
        }
    }

    private void Call(string what) =>
        Send($"{{\"type\":1,\"invocationId\":\"{(++_calls).ToString(CultureInfo.InvariantCulture)}\",{what}}}\u001e");
}
