using System.Text;
using Realtime.Bench.Linux;

namespace Realtime.Bench.Clients;

/// <summary>A Sails front end: Engine.IO 3, and virtual requests as acknowledged events.</summary>
internal sealed class SailsClient(EventLoop loop, Site site, IClientEvents events) : SocketIoClient(loop, site, events)
{
    internal override void Join(string room) => Post("/join", $"{{\"room\":\"{room}\"}}");

    internal override void Broadcast(string room, ReadOnlySpan<byte> payload) =>
        Post("/broadcast", $"{{\"room\":\"{room}\",\"event\":\"tick\",\"data\":\"{Encoding.ASCII.GetString(payload)}\"}}");

    internal override void KeepAlive() => Send("2");

    /// <summary>Nothing: in Engine.IO 3 the server joins its client to the namespace by itself.</summary>
    protected override void EngineOpened()
    {
    }

    protected override void Answer(ReadOnlySpan<byte> message)
    {
        if (message.IndexOf("\"statusCode\":200"u8) >= 0)
            Answered();
        else
            Fail(message);
    }

    private void Post(string url, string data) =>
        Call($"\"post\",{{\"method\":\"post\",\"headers\":{{}},\"data\":{data},\"url\":\"{url}\"}}");
}
