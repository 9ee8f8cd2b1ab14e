using System.Collections.Concurrent;

namespace Realtime.Crash.Tests;

/// <summary>Two publishers for each room, and clients at all nodes that listen to them.</summary>
internal sealed class Stream : IAsyncDisposable
{
    private const int Listeners = 18;

    // As long as a lost node takes to be given up, and then some, on a machine that has other work.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly ConcurrentDictionary<Entry.Said, (long Epoch, long Seq)> _places = new();
    private readonly List<Listener> _listeners = [];
    private readonly List<Publisher> _publishers = [];

    private Stream()
    {
    }

    public static async Task<Stream> StartAsync(Fleet fleet)
    {
        var stream = new Stream();
        for (var i = 0; i < Listeners; i++)
            stream._listeners.Add(await Listener.StartAsync(fleet.Balancer.Url));
        foreach (var room in Fleet.Rooms)
        {
            stream._publishers.Add(new Publisher($"a {room}", room, fleet.Balancer.Url, stream._places));
            stream._publishers.Add(new Publisher($"b {room}", room, fleet.Balancer.Url, stream._places));
        }
        return stream;
    }

    /// <summary>Waits until every room has taken so many more messages.</summary>
    public async Task FlowsAsync(int messages)
    {
        var before = _publishers.ConvertAll(publisher => publisher.Acknowledged);
        await WhenAsync(() => Enumerable.Range(0, before.Count).All(i => _publishers[i].Acknowledged >= before[i] + messages), "messages are acknowledged");
    }

    /// <summary>Waits until every room takes messages and every client is there and hears them.</summary>
    public async Task IsWholeAsync()
    {
        await FlowsAsync(3);
        await AllHearAsync();
    }

    /// <summary>Ends it, when everybody has heard the last word, and returns all that broke a promise.</summary>
    public async Task<IReadOnlyList<string>> EndAsync()
    {
        await Task.WhenAll(_publishers.ConvertAll(publisher => publisher.StopAsync()));
        await AllHearAsync();
        return [.. _listeners.SelectMany((listener, i) => Fleet.Rooms.SelectMany(room =>
            new Story(listener.EntriesOf(room), _places, room == Fleet.Durable).Faults().Take(3).Select(fault => $"client {i}, {room}: {fault}")))];
    }

    /// <summary>How often clients were told of a loss in a room.</summary>
    public int LossesTold(string room) => _listeners.Sum(listener => listener.EntriesOf(room).Count(entry => entry is Entry.Told { Recovered: false }));

    /// <summary>How many messages have a receipt.</summary>
    public int Acknowledged => _publishers.Sum(publisher => publisher.Acknowledged + 1);

    public async ValueTask DisposeAsync()
    {
        foreach (var publisher in _publishers)
            await publisher.DisposeAsync();
        foreach (var listener in _listeners)
            await listener.DisposeAsync();
    }

    private Task AllHearAsync()
    {
        var said = _publishers.ConvertAll(publisher => (publisher.Room, publisher.Name, publisher.Acknowledged));
        return WhenAsync(
            () => _listeners.TrueForAll(listener => listener.IsConnected && said.TrueForAll(last => listener.HasHeard(last.Room, last.Name, last.Acknowledged))),
            "everybody hears");
    }

    private async Task WhenAsync(Func<bool> isSo, string what)
    {
        try
        {
            await Eventually.TrueAsync(() => Task.FromResult(isSo()), Patience, what);
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"{e.Message} {Report()}", e);
        }
    }

    private string Report() => string.Join('\n',
        _publishers.Select(publisher => $"{publisher.Name}: {publisher.Acknowledged}, heard by {_listeners.Count(listener => listener.HasHeard(publisher.Room, publisher.Name, publisher.Acknowledged))}")
            .Append($"{_listeners.Count(listener => listener.IsConnected)} of {Listeners} clients are connected")
            .Concat(_publishers.SelectMany(publisher => _listeners
                .Where(listener => !listener.HasHeard(publisher.Room, publisher.Name, publisher.Acknowledged))
                .Select(listener => $"{publisher.Name} at {listener}: … {string.Join(' ', listener.EntriesOf(publisher.Room).TakeLast(8))}"))));
}
