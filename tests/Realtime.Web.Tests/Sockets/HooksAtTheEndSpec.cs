using Akka.Actor;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Realtime.Testing;
using Realtime.Web.Sockets;
using Realtime.Web.Tests.Running;

namespace Realtime.Web.Tests.Sockets;

/// <summary>What an application hears of the sockets of a node that ends (contract L-6).</summary>
public sealed class HooksAtTheEndSpec
{
    [Fact]
    public async Task All_sockets_that_are_left_are_told_as_such_that_may_come_back()
    {
        await using var app = await EndingApp.StartAsync(TimeSpan.FromSeconds(20));
        var sockets = new HashSet<string>();
        for (var i = 0; i < 20; i++)
        {
            var (client, socket) = await app.Running.ConnectSocketAsync();
            await client.InvokeAsync("Join", $"ends:{i}");
            app.Clients.Add(client);
            sockets.Add(socket);
        }
        var (left, before) = await app.Running.ConnectSocketAsync();
        app.Clients.Add(left);
        (await app.Running.Http.DeleteAsync($"/api/sockets/{before}")).EnsureSuccessStatusCode(); // for good, however slow the machine is
        await Eventually.TrueAsync(() => Task.FromResult(app.Running.Hooks.Gone.ContainsKey(before)), what: "the hook to be told");

        await app.Running.StopAsync();
        var gone = app.Running.Hooks.Gone;
        Assert.False(gone[before].MayComeBack);
        Assert.Superset(sockets, gone.Keys.ToHashSet());
        Assert.All(sockets, socket => Assert.True(gone[socket].MayComeBack));
        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"ends:{i}").Order(), sockets.Select(socket => gone[socket].Rooms.Single().Value).Order());
    }

    [Fact]
    public async Task A_node_that_ends_waits_for_no_hook_for_longer_than_it_should()
    {
        await using var app = await EndingApp.StartAsync(TimeSpan.FromMilliseconds(200));
        var never = new TaskCompletionSource();
        app.Running.Hooks.Done = never.Task;
        var (client, socket) = await app.Running.ConnectSocketAsync();
        app.Clients.Add(client);
        await app.Running.StopAsync().WaitAsync(TimeSpan.FromSeconds(20));   // less than what a host has to stop
        Assert.True(app.Running.Hooks.Gone.ContainsKey(socket));
        never.SetResult();
    }

    /// <summary>Where nobody listens there is nothing to wait for, however soon the node ends.</summary>
    [Fact]
    public async Task A_node_without_hooks_begins_nothing_that_its_end_would_wait_for()
    {
        using var system = ActorSystem.Create("no-hooks");
        using var sockets = new GoneSockets(system, [], Options.Create(new RealtimeOptions()), NullLogger<GoneSockets>.Instance);
        await sockets.StartAsync(CancellationToken.None);
        Assert.Null(sockets.ExecuteTask);
        await sockets.StopAsync(CancellationToken.None);
    }

    private sealed class EndingApp(RunningApp running) : IAsyncDisposable
    {
        public RunningApp Running => running;

        public List<Testing.Clients.DotNetClient> Clients { get; } = [];

        public static async Task<EndingApp> StartAsync(TimeSpan goneWithin)
        {
            var running = new RunningApp { GoneWithin = goneWithin };
            await running.InitializeAsync();
            return new EndingApp(running);
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var client in Clients)
                await client.DisposeAsync();
            await running.DisposeAsync();
            running.Dispose();
        }
    }
}
