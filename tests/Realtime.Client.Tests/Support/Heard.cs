using System.Collections.Concurrent;

namespace Realtime.Client.Tests.Support;

/// <summary>What a client has heard, for a test that waits until it is enough.</summary>
internal sealed class Heard<T>
{
    private readonly ConcurrentQueue<T> _items = new();

    public IReadOnlyList<T> Items => [.. _items];

    public int Count => _items.Count;

    /// <summary>The one that came last.</summary>
    public T? Latest { get; private set; }

    public void Add(T item)
    {
        _items.Enqueue(item);
        Latest = item;
    }

    /// <summary>Waits until something is true of it.</summary>
    public async Task<IReadOnlyList<T>> WhenAsync(Func<IReadOnlyList<T>, bool> isEnough, string what)
    {
        try
        {
            return await Eventually.GetAsync(() => Task.FromResult(Items is var items && isEnough(items) ? items : null), what: what);
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"{e.Message}. Heard: {string.Join(", ", Items.TakeLast(100))}", e);
        }
    }

    /// <summary>Waits for so many.</summary>
    public Task<IReadOnlyList<T>> WhenAsync(int count) => WhenAsync(items => items.Count >= count, $"{count} of them");
}

internal static class Clients
{
    /// <summary>A client that comes back at once.</summary>
    public static RealtimeClient Of(Uri url, Func<TokenRequest, CancellationToken, Task<string?>>? token = null) => new(new RealtimeClientOptions
    {
        Service = new(url.GetLeftPart(UriPartial.Authority)),
        AccessToken = token,
        Backoff = new() { Shortest = TimeSpan.FromMilliseconds(20), Longest = TimeSpan.FromMilliseconds(200) },
    });

    public static async Task<RealtimeClient> ConnectAsync(Uri url, Func<TokenRequest, CancellationToken, Task<string?>>? token = null)
    {
        var client = Of(url, token);
        using var patience = new CancellationTokenSource(Eventually.Patience);
        await client.ConnectAsync(patience.Token);
        return client;
    }

    public static string AnyRoom() => $"room-{Guid.NewGuid():n}";
}
