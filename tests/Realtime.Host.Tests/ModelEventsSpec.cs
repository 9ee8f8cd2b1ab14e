using System.Text.Json.Nodes;
using Realtime.Host.Tests.Clients;

namespace Realtime.Host.Tests;

/// <summary>The second example of the mission: watch a model, and hear of the records that others make over HTTP.</summary>
[Collection(nameof(RunningHost))]
public sealed class ModelEventsSpec(RunningHost running)
{
    private readonly HostProcess _host = running.Process;

    /// <summary>Contract P-10, P-40.</summary>
    [SkippableTheory, MemberData(nameof(StockClients.All), MemberType = typeof(StockClients))]
    public async Task A_watcher_hears_of_a_user_that_was_created_over_http(StockClient kind)
    {
        await using var watcher = await kind.ConnectAsync(_host.Hub, "user");
        await watcher.InvokeAsync("Watch", "user");

        var user = await _host.SendAsync(HttpMethod.Post, "/user", new JsonObject { ["name"] = "Ann" });

        var received = await watcher.Inbox.NextAsync();
        Assert.Equal(("user", "created"), (received.Event, (string)received.Data!["verb"]!));
        Assert.Equal(user["id"]!.ToJsonString(), received.Data["id"]!.ToJsonString());
        Assert.Equal("Ann", (string)received.Data["data"]!["name"]!);
    }

    /// <summary>Contract P-31: who heard of its creation hears of the rest.</summary>
    [Fact]
    public async Task A_watcher_hears_the_whole_life_of_a_new_user()
    {
        await using var watcher = await StockClient.DotNetJson.ConnectAsync(_host.Hub, "user");
        await watcher.InvokeAsync("Watch", "user");

        var user = await _host.SendAsync(HttpMethod.Post, "/user", new JsonObject { ["name"] = "Bob" });
        await _host.SendAsync(HttpMethod.Patch, $"/user/{user["id"]}", new JsonObject { ["name"] = "Rob" });
        await _host.SendAsync(HttpMethod.Delete, $"/user/{user["id"]}");

        var events = await watcher.Inbox.NextAsync(3);
        Assert.Equal(["created", "updated", "destroyed"], events.Select(received => (string)received.Data!["verb"]!));
        Assert.Equal("Rob", (string)events[1].Data!["data"]!["name"]!);
        Assert.All(events, received => Assert.Equal(user["id"]!.ToJsonString(), received.Data!["id"]!.ToJsonString()));
    }

    [Fact]
    public async Task Who_does_not_watch_hears_nothing()
    {
        var room = AnyRoom.Name();
        await using var watcher = await StockClient.DotNetJson.ConnectAsync(_host.Hub, "user");
        await using var stranger = await StockClient.DotNetJson.ConnectAsync(_host.Hub, "user", "marker");
        await watcher.InvokeAsync("Watch", "user");
        await stranger.InvokeAsync("Join", room);

        await _host.SendAsync(HttpMethod.Post, "/user", new JsonObject { ["name"] = "Cleo" });
        await watcher.Inbox.NextAsync();
        await _host.BroadcastAsync(room, "marker", null);

        Assert.Equal("marker", (await stranger.Inbox.NextAsync()).Event);
    }
}
