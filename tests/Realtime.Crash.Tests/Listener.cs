using System.Collections.Concurrent;
using Realtime.Client;

namespace Realtime.Crash.Tests;

/// <summary>A client in all rooms, and what it notices of each.</summary>
internal sealed class Listener : IAsyncDisposable
{
    private readonly RealtimeClient _client;
    private readonly Dictionary<string, ConcurrentQueue<Entry>> _entries = Fleet.Rooms.ToDictionary(room => room, _ => new ConcurrentQueue<Entry>());

    private Listener(Uri url)
    {
        _client = new RealtimeClient(new RealtimeClientOptions
        {
            Service = url,
            ConnectTimeout = TimeSpan.FromSeconds(8),
            Backoff = new() { Shortest = TimeSpan.FromMilliseconds(100), Longest = TimeSpan.FromSeconds(1) },
        });
        _client.StateChanged += change =>
        {
            if (change.State != ConnectionState.Connected)
                return;
            foreach (var entries in _entries.Values)
                entries.Enqueue(new Entry.Back());
        };
        _client.Recovered += recovery =>
        {
            if (recovery.Room is { } room)
                _entries[room].Enqueue(new Entry.Told(recovery.Recovered));
        };
    }

    public static async Task<Listener> StartAsync(Uri url)
    {
        var listener = new Listener(url);
        using var patience = new CancellationTokenSource(Eventually.Patience);
        await listener._client.ConnectAsync(patience.Token);
        foreach (var (name, entries) in listener._entries)
        {
            var room = listener._client.Room(name);
            room.On<Message>("n", message => entries.Enqueue(new Entry.Said(message.Publisher, message.Number)));
            await room.JoinAsync(cancellation: patience.Token);
        }
        return listener;
    }

    public string? Node => _client.Node;

    public bool IsConnected => _client.State == ConnectionState.Connected;

    public IReadOnlyList<Entry> EntriesOf(string room) => [.. _entries[room]];

    /// <summary>Whether the last thing heard of a publisher is this, or later.</summary>
    public bool HasHeard(string room, string publisher, int number) =>
        _entries[room].Reverse().OfType<Entry.Said>().FirstOrDefault(said => said.Publisher == publisher) is { } last && last.Number >= number;

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    private sealed record Message(string Publisher, int Number);
}
