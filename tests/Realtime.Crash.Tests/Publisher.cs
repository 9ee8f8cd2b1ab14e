using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Realtime.Crash.Tests;

/// <summary>
/// Somebody who must not lose anything: says 0, 1, 2 … to a room, each by its key and again until there is a receipt, whichever
/// node the balancer leads to.
/// </summary>
internal sealed class Publisher : IAsyncDisposable
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(25);

    private readonly HttpClient _http;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<Entry.Said, (long Epoch, long Seq)> _places;
    private readonly Task _saying;
    private int _acknowledged = -1;

    public Publisher(string name, string room, Uri url, ConcurrentDictionary<Entry.Said, (long Epoch, long Seq)> places)
    {
        (Name, Room, _places) = (name, room, places);
        // An answer that does not come is one that was lost with its node.
        _http = new HttpClient { BaseAddress = url, Timeout = TimeSpan.FromSeconds(8) };
        _saying = Task.Run(SayAsync);
    }

    public string Name { get; }

    public string Room { get; }

    /// <summary>The last number that has a receipt; -1 for none.</summary>
    public int Acknowledged => Volatile.Read(ref _acknowledged);

    /// <summary>Says no more, and waits for the last receipt.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _saying.WaitAsync(TimeSpan.FromSeconds(60));
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
        _http.Dispose();
    }

    private async Task SayAsync()
    {
        using var pace = new PeriodicTimer(Pace);
        for (var number = 0; !_stop.IsCancellationRequested; number++)
        {
            // In a room that forgets, one that was said again may have been heard in the life before, and its receipt is of the next.
            for (var isPlaced = true; !await TryAsync(number, isPlaced); isPlaced = Room == Fleet.Durable)
                await pace.WaitForNextTickAsync();
            Volatile.Write(ref _acknowledged, number);
            await pace.WaitForNextTickAsync();
        }
    }

    private async Task<bool> TryAsync(int number, bool isPlaced)
    {
        try
        {
            using var answer = await _http.PostAsJsonAsync(
                $"/api/rooms/{Room}/broadcast", new { @event = "n", data = new { publisher = Name, number }, idempotencyKey = $"{Name} {number}" });
            if (!answer.IsSuccessStatusCode)
                return false;
            var receipt = (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
            if (isPlaced)
                _places[new(Name, number)] = ((long)receipt["epoch"]!, (long)receipt["seq"]!);
            return true;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException or IOException)
        {
            return false; // nobody knows whether it was said
        }
    }
}
