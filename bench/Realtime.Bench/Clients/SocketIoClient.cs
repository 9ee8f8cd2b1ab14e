using System.Globalization;
using System.Text;
using Realtime.Bench.Linux;

namespace Realtime.Bench.Clients;

/// <summary>Socket.IO 3 and 4 over WebSocket: Engine.IO 4, Socket.IO protocol 5.</summary>
internal class SocketIoClient(EventLoop loop, Site site, IClientEvents events) : Client(loop, site, events)
{
    private long _calls;

    internal override void Join(string room) => Call($"\"join\",\"{room}\"");

    internal override void Broadcast(string room, ReadOnlySpan<byte> payload) =>
        Call($"\"broadcast\",\"{room}\",\"tick\",\"{Encoding.ASCII.GetString(payload)}\"");

    /// <summary>Nothing: in Engine.IO 4 the server asks.</summary>
    internal override void KeepAlive()
    {
    }

    /// <summary>Nothing: the server speaks first.</summary>
    protected override void Opened()
    {
    }

    protected override void Received(ReadOnlySpan<byte> message)
    {
        if (message.StartsWith("42"u8))
            Message(message);
        else if (message.StartsWith("43"u8))
            Answer(message);
        else if (message.StartsWith("40"u8))
            Ready();
        else if (message[0] == '0')
            EngineOpened();
        else if (message[0] == '2')
            Send("3");
        else if (message[0] != '3')
            Fail(message);
    }

    /// <summary>The client of Engine.IO 4 asks for its namespace.</summary>
    protected virtual void EngineOpened() => Send("40");

    /// <summary>An acknowledgement came.</summary>
    protected virtual void Answer(ReadOnlySpan<byte> message) => Answered();

    /// <summary>Emits an event that wants an acknowledgement.</summary>
    protected void Call(string arguments) => Send($"42{(_calls++).ToString(CultureInfo.InvariantCulture)}[{arguments}]");
}
