using System.Net;
using Microsoft.AspNetCore.SignalR.Client;

namespace Realtime.Host.Tests;

/// <summary>A service that is asked to end behind a load balancer: not ready first, then gone.</summary>
public sealed class DrainSpec
{
    [Fact]
    public async Task It_is_not_ready_first_but_serves_on_and_then_tells_its_clients_to_come_back()
    {
        await using var host = await HostProcess.StartAsync(new HostSetup().With("Realtime:DrainDelay", "01:00:00"));
        await using var early = await ConnectAsync(host);
        host.Send(Signal.Terminate);
        await Eventually.HoldsAsync(async () => Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(host, "/health/ready")));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(host, "/health/live"));

        await using var late = await ConnectAsync(host);
        foreach (var client in new[] { early, late })
            await client.InvokeAsync<object>("Join", "last");
        Assert.Equal(2, (int)(await host.BroadcastAsync("last", "hello", "still here"))["members"]!);

        var toldToComeBack = new[] { early, late }.Select(ToldToComeBackAsync).ToArray();
        await host.StopAsync(); // the second signal
        await Task.WhenAll(toldToComeBack).WaitAsync(Eventually.Patience);
    }

    [Fact]
    public async Task It_ends_by_itself_when_the_delay_is_over()
    {
        await using var host = await HostProcess.StartAsync(new HostSetup().With("Realtime:DrainDelay", "00:00:00.5"));
        await host.StopAsync();
        Assert.Contains(host.Output.Lines, line => line.Contains("Not ready any more", StringComparison.Ordinal));
    }

    private static async Task<HubConnection> ConnectAsync(HostProcess host)
    {
        var connection = new HubConnectionBuilder().WithUrl(host.Hub).WithAutomaticReconnect().Build();
        await connection.StartAsync();
        return connection;
    }

    // A stock client only reconnects where the server's last word permits it; otherwise it closes for good.
    private static Task ToldToComeBackAsync(HubConnection connection)
    {
        var told = new TaskCompletionSource();
        connection.Reconnecting += _ =>
        {
            told.TrySetResult();
            return Task.CompletedTask;
        };
        connection.Closed += e =>
        {
            told.TrySetException(new InvalidOperationException("The client was closed for good.", e));
            return Task.CompletedTask;
        };
        return told.Task;
    }

    private static async Task<HttpStatusCode> StatusAsync(HostProcess host, string path)
    {
        using var answer = await host.Http.GetAsync(new Uri(path, UriKind.Relative));
        return answer.StatusCode;
    }
}
