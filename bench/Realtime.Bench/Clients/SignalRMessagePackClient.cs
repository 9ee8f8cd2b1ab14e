using System.Globalization;
using System.Text;
using Realtime.Bench.Linux;

namespace Realtime.Bench.Clients;

/// <summary>SignalR's hub protocol in MessagePack: each message is an array behind its length.</summary>
internal sealed class SignalRMessagePackClient(EventLoop loop, Site site, IClientEvents events) : Client(loop, site, events)
{
    private const byte Invocation = 1, Completion = 3, Ping = 6;
    private long _calls;
    private bool _shaken;

    internal override void Join(string room) => Call("Join", [.. Array(1), .. Text(room)]);

    internal override void Broadcast(string room, ReadOnlySpan<byte> payload) =>
        Call("Broadcast", [.. Array(3), .. Text(room), .. Text("tick"), .. Text(Encoding.ASCII.GetString(payload))]);

    internal override void KeepAlive() => SendMessage([.. Array(1), Ping]);

    protected override void Opened() => Send("{\"protocol\":\"messagepack\",\"version\":1}\u001e");

    protected override void Received(ReadOnlySpan<byte> message)
    {
        if (!_shaken)
        {
            _shaken = true;
            if (!message.StartsWith("{}\u001e"u8))
                Fail(message);
            message = message["{}\u001e"u8.Length..];
            Ready();
        }

        while (!message.IsEmpty)
        {
            var (length, head) = LengthOf(message);
            Take(message.Slice(head, length));
            message = message[(head + length)..];
        }
    }

    private void Take(ReadOnlySpan<byte> message)
    {
        switch (message[1])
        {
            case Invocation:
                Message(message);
                break;
            case Completion when !IsError(message):
                Answered();
                break;
            case Ping:
                break;
            default:
                Fail(message);
                break;
        }
    }

    // [3, headers, invocation id, kind of result, ...]; kind 1 is an error. Headers are empty and ids short in what we send.
    private static bool IsError(ReadOnlySpan<byte> completion) => completion[4 + (completion[3] & 0x1F)] == 1;

    private static (int Length, int Head) LengthOf(ReadOnlySpan<byte> message)
    {
        var (length, head) = (0, 0);
        do
        {
            length |= (message[head] & 0x7F) << (7 * head);
        }
        while ((message[head++] & 0x80) != 0);

        return (length, head);
    }

    private void Call(string target, byte[] arguments) => SendMessage(
    [
        .. Array(6), Invocation, 0x80, .. Text((++_calls).ToString(CultureInfo.InvariantCulture)), .. Text(target), .. arguments,
        .. Array(0),
    ]);

    private void SendMessage(byte[] message)
    {
        byte[] length = message.Length < 0x80
            ? [(byte)message.Length]
            : [(byte)(message.Length | 0x80), (byte)(message.Length >> 7)];
        Send(WebSocketFrames.Binary, [.. length, .. message]);
    }

    private static byte[] Array(int count) => [(byte)(0x90 | count)];

    private static byte[] Text(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return bytes.Length < 32
            ? [(byte)(0xA0 | bytes.Length), .. bytes]
            : [0xDA, (byte)(bytes.Length >> 8), (byte)bytes.Length, .. bytes];
    }
}
