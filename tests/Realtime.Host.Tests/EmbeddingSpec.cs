using System.Text.Json.Nodes;
using Realtime.Host.Tests.Clients;

namespace Realtime.Host.Tests;

/// <summary>The service within an application of one's own: what the README shows is what runs.</summary>
public sealed class EmbeddingSpec
{
    private static readonly string Program = File.ReadAllText(Path.Combine(Repository.Root, "samples", "Embedded", "Program.cs"));

    [Fact]
    public void The_readme_shows_the_sample_as_it_is() =>
        Assert.Contains(Program.Trim(), File.ReadAllText(Path.Combine(Repository.Root, "README.md")), StringComparison.Ordinal);

    [Fact]
    public async Task The_sample_tells_watchers_of_orders_and_rooms_of_greetings()
    {
        await using var app = await HostProcess.StartAsync(new HostSetup { Assembly = Repository.SampleAssembly("Embedded") });
        await using var client = await StockClient.DotNetJson.ConnectAsync(app.Hub, "order", "hello");
        await client.InvokeAsync("Watch", "order");
        await client.InvokeAsync("Join", "funSockets");

        var order = await app.SendAsync(HttpMethod.Post, "/order", new JsonObject { ["product"] = "tea" });
        var created = await client.Inbox.NextAsync();
        Assert.Equal(("order", "created"), (created.Event, (string)created.Data!["verb"]!));
        Assert.Equal(order["id"]!.ToJsonString(), created.Data["id"]!.ToJsonString());

        await app.SendAsync(HttpMethod.Post, "/hello/Ann");
        var greeting = await client.Inbox.NextAsync();
        Assert.Equal(("hello", "Hello, Ann!"), (greeting.Event, (string)greeting.Data!));
    }
}
