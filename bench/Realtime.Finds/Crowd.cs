using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;

namespace Realtime.Finds;

/// <summary>Sockets that all ask at once.</summary>
internal sealed class Crowd : IAsyncDisposable
{
    private const int AtATime = 64;

    private readonly List<HubConnection> _sockets = [];

    public static async Task<Crowd> ConnectAsync(Uri hub, int sockets)
    {
        var crowd = new Crowd();
        for (var i = 0; i < sockets; i++)
        {
            crowd._sockets.Add(new HubConnectionBuilder()
                .WithUrl(hub, options => (options.Transports, options.SkipNegotiation) = (HttpTransportType.WebSockets, true)).Build());
        }
        foreach (var some in crowd._sockets.Chunk(AtATime))
            await Task.WhenAll(some.Select(socket => socket.StartAsync()));
        return crowd;
    }

    /// <summary>Lets each of them find the same records.</summary>
    /// <returns>The time until the last one has its answer, and so is subscribed, and the median of each one's own.</returns>
    public async Task<(TimeSpan All, TimeSpan Median)> FindAsync(int count, int skip)
    {
        var watch = Stopwatch.StartNew();
        var times = await Task.WhenAll(_sockets.Select(async socket =>
        {
            var answer = await socket.InvokeAsync<Answer>("Request", new { method = "GET", url = $"/product?limit={count}&skip={skip}" });
            if (answer.StatusCode != 200 || answer.Body.GetArrayLength() != count)
                throw new InvalidOperationException($"Status {answer.StatusCode}: {answer.Body}");
            return watch.Elapsed;
        }));
        var all = watch.Elapsed;
        Array.Sort(times);
        return (all, times[times.Length / 2]);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var socket in _sockets)
            await socket.DisposeAsync();
    }

    private sealed record Answer(int StatusCode, JsonElement Body);
}
