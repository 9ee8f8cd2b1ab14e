using Realtime.Bench.Linux;

namespace Realtime.Bench.Clients;

/// <summary>A WebSocket without a protocol above it: its path makes it a member, and what it publishes is the payload itself.</summary>
internal sealed class PlainClient(EventLoop loop, Site site, IClientEvents events) : Client(loop, site, events)
{
    internal override void Join(string room) => throw new NotSupportedException("The path decides who is a member.");

    internal override void Broadcast(string room, ReadOnlySpan<byte> payload)
    {
        Send(WebSocketFrames.Text, payload);
        Answered();
    }

    internal override void KeepAlive()
    {
    }

    protected override void Opened() => Ready();

    protected override void Received(ReadOnlySpan<byte> message) => Message(message);
}
