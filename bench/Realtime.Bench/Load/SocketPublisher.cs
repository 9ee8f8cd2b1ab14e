using Realtime.Bench.Clients;
using Realtime.Bench.Linux;

namespace Realtime.Bench.Load;

/// <summary>Publishes through the target's own clients, in turn: many targets serve the calls of one connection one by one.</summary>
internal sealed class SocketPublisher : IPublisher, IClientEvents
{
    private readonly List<Client> _clients = [];
    private int _ready;
    private int _next;

    internal SocketPublisher(EventLoop loop, int connections, Func<int, IClientEvents, Client> open)
    {
        for (var i = 0; i < connections; i++)
            _clients.Add(open(i, this));
        loop.RunUntil(() => _ready == connections, TimeSpan.FromSeconds(30), () => "A publisher could not connect.");
    }

    public int Unanswered { get; private set; }

    public void Publish(string room, ReadOnlySpan<byte> payload)
    {
        Unanswered++;
        _clients[_next++ % _clients.Count].Broadcast(room, payload);
    }

    public void Ready(Client client) => _ready++;

    public void Answered(Client client) => Unanswered--;

    public void Received(Client client, ReadOnlySpan<byte> message)
    {
        // A greeting, perhaps; a publisher is in no room.
    }

    public void Failed(Client client, string reason) => throw new LoadException($"Publisher: {reason}");

    public void Dispose() => _clients.ForEach(client => client.Dispose());
}
