using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.SignalR.Client;

namespace Realtime.Host.Tests;

/// <summary>Promise 7: one slow or hostile client harms nobody else.</summary>
public sealed class SlowConsumerSpec
{
    private const int Messages = 100_000;
    private const int AtOnce = 500;

    // More in all than the kernel holds for one connection.
    private static readonly string Padding = new('x', 250);

    // What the runtime keeps for itself varies by more than what a client that never reads may cost.
    private const double MostGrowth = 96 * 1024 * 1024;

    [Fact]
    public async Task A_client_that_never_reads_costs_bounded_memory_while_another_gets_every_message_in_order()
    {
        await using var host = await HostProcess.StartAsync();
        using var deaf = await JoinAndNeverReadAsync(host);
        await using var reader = await ConnectAsync(host);
        var (heard, inOrder) = (0, true);
        var all = new TaskCompletionSource();
        reader.On<Numbered>("n", message =>
        {
            inOrder &= message.Number == heard;
            if (++heard == Messages)
                all.SetResult();
        });
        await reader.InvokeAsync<object>("Join", "flood");
        await using var publisher = await ConnectAsync(host);

        await PublishAsync(publisher, 0, Messages / 10);
        var before = await NumberAsync(host, "dotnet_process_memory_working_set_bytes");
        await PublishAsync(publisher, Messages / 10, Messages);
        await all.Task.WaitAsync(TimeSpan.FromMinutes(2));
        var growth = await NumberAsync(host, "dotnet_process_memory_working_set_bytes") - before;

        Assert.True(inOrder);
        Assert.True(growth < MostGrowth, $"The process has grown by {growth / 1024 / 1024:0} MiB.");
        var (given, stuck) = (await NumberAsync(host, "realtime_slow_consumers_total"), await NumberAsync(host, "realtime_transport_stuck_total"));
        Assert.True(given + stuck >= 1, "Nobody gave the deaf client's connection up.");
        await Eventually.HoldsAsync(async () => Assert.Equal(2, await NumberAsync(host, "realtime_transport_connections")));
    }

    private static async Task PublishAsync(HubConnection publisher, int from, int to)
    {
        for (var next = from; next < to; next += AtOnce)
            await Task.WhenAll(Enumerable.Range(next, Math.Min(AtOnce, to - next)).Select(number => publisher.InvokeAsync<object>("Broadcast", "flood", "n", new Numbered(number, Padding))));
    }

    private static async Task<HubConnection> ConnectAsync(HostProcess host)
    {
        var connection = new HubConnectionBuilder().WithUrl(host.Hub).Build();
        await connection.StartAsync();
        return connection;
    }

    private static async Task<ClientWebSocket> JoinAndNeverReadAsync(HostProcess host)
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new UriBuilder(host.Hub) { Scheme = "ws" }.Uri, default);
        await SendAsync("""{"protocol":"json","version":1}""");
        await SendAsync("""{"type":1,"invocationId":"1","target":"Join","arguments":["flood"]}""");
        await Eventually.HoldsAsync(async () => Assert.Equal(1, (int)(await host.SendAsync(HttpMethod.Get, "/api/rooms/flood"))["members"]!));
        return socket;

        Task SendAsync(string message) =>
            socket.SendAsync(Encoding.UTF8.GetBytes(message + '\u001e'), WebSocketMessageType.Text, endOfMessage: true, default);
    }

    private static async Task<double> NumberAsync(HostProcess host, string name) => (await host.Http.GetStringAsync(new Uri("/metrics", UriKind.Relative)))
        .Split('\n')
        .Where(line => line.StartsWith(name, StringComparison.Ordinal))
        .Sum(line => double.Parse(line[(line.LastIndexOf('}') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0], CultureInfo.InvariantCulture));

    private sealed record Numbered(int Number, string Padding);
}
