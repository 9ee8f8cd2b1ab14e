using System.Diagnostics;
using Realtime.Bench.Clients;
using Realtime.Bench.Linux;

namespace Realtime.Bench.Load;

/// <summary>All member connections to one target, and the ledger of what they get.</summary>
internal sealed class Fleet(EventLoop loop, Payload payload, Func<int, DeliveryLedger> ledgerFor) : IClientEvents, IDisposable
{
    private const int HandshakesAtOnce = 64;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan KeepAliveEvery = TimeSpan.FromSeconds(15);

    private readonly List<Client> _clients = [];
    private readonly long _start = Stopwatch.GetTimestamp();
    private long _keptAlive;
    private int _ready;
    private int _answered;

    /// <summary>Connections that have shaken hands.</summary>
    internal int Count => _ready;

    /// <summary>How often anybody had something to read: fewer times than deliveries where a server joins messages in one write.</summary>
    internal long Reads => loop.Reads;

    /// <summary>What is expected and what came.</summary>
    internal DeliveryLedger Ledger { get; private set; } = ledgerFor(0);

    /// <summary>Where the time from publish to delivery goes to, while latency is measured.</summary>
    internal LatencySamples? Latency { get; set; }

    /// <summary>Opens connections, 64 at a time, until all have shaken hands.</summary>
    internal void Connect(int count, Func<int, IClientEvents, Client> open)
    {
        Overlapped(HandshakesAtOnce, count, () => _ready, i => _clients.Add(open(i, this)), "connections were accepted");
        Ledger = ledgerFor(count);
    }

    /// <summary>Every client joins a room, so many at a time, until all are acknowledged.</summary>
    internal void Join(int atOnce, Func<int, string> roomOf)
    {
        _answered = 0;
        Overlapped(atOnce, _clients.Count, () => _answered, i => _clients[i].Join(roomOf(i)), "joins were acknowledged");
    }

    /// <summary>Lets time pass for everybody: reads what came, keeps connections alive.</summary>
    internal void Poll(TimeSpan atMost)
    {
        loop.Poll(atMost);
        var due = (long)(_clients.Count * (Stopwatch.GetElapsedTime(_start, loop.Now) / KeepAliveEvery));
        for (; _keptAlive < due; _keptAlive++)
            _clients[(int)(_keptAlive % _clients.Count)].KeepAlive();
    }

    public void Ready(Client client) => _ready++;

    public void Answered(Client client) => _answered++;

    public void Received(Client client, ReadOnlySpan<byte> message)
    {
        var number = payload.Find(message);
        if (number == Payload.None)
            return;
        Ledger.Record(client.Index, number);
        Latency?.Delivered(number, loop.Now);
    }

    public void Failed(Client client, string reason) => throw new LoadException($"Member {client.Index}: {reason}");

    public void Dispose() => _clients.ForEach(client => client.Dispose());

    private void Overlapped(int atOnce, int count, Func<int> done, Action<int> begin, string what)
    {
        var begun = 0;
        loop.RunUntil(
            () =>
            {
                while (begun < count && begun - done() < atOnce)
                    begin(begun++);
                return done() >= count;
            },
            Patience,
            () => $"Only {done()} of {count} {what}.");
    }
}
