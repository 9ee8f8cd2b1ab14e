using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Realtime.Host.Tests.Clients;
using Realtime.Testing.Clients;

namespace Realtime.Host.Tests;

/// <summary>Membership outlives the process that held it (promise 4).</summary>
public abstract class MembershipSpec
{
    private readonly string _room = AnyRoom.Name();

    /// <summary>Where the journal is.</summary>
    protected abstract HostSetup Setup { get; }

    [SkippableFact]
    public async Task A_member_is_one_after_kill_9_and_hears_the_room_again_without_joining()
    {
        await using var host = await HostProcess.StartAsync(Setup);
        var (hello, joined) = await JoinAndLoseAsync(host);
        await host.StartAgainAsync();
        Assert.Equal([(string)hello["socketId"]!], await host.MembersAsync(_room));

        await using var member = await StockClient.DotNetJson.ConnectAsync(host.Hub, "hello");
        // The room's history died with the process, so the client is told that it may have missed something.
        await ResumeAsync(member, hello, joined, recovered: false);
        Assert.Equal((string)hello["socketId"]!, (string)(await member.InvokeAsync("Hello"))!["socketId"]!);
        var answer = await host.BroadcastAsync(_room, "hello", "welcome back");

        Assert.Equal(new Received("hello", "welcome back"), await member.Inbox.NextAsync());
        Assert.Equal(1, (int)answer["members"]!);
    }

    [SkippableFact]
    public async Task A_member_whose_connection_was_cut_gets_once_and_in_order_what_was_said_meanwhile()
    {
        await using var host = await HostProcess.StartAsync(Setup);
        await using var cable = new Cable(host.Hub);
        await using var lost = await StockClient.DotNetJson.ConnectAsync(cable.Url);
        var hello = (await lost.InvokeAsync("Hello"))!;
        var joined = (await lost.InvokeAsync("Join", _room))!;
        cable.Cut();
        for (var number = 0; number < 10; number++)
            Assert.Equal(1, (int)(await host.BroadcastAsync(_room, "hello", number))["members"]!);

        await using var member = await StockClient.DotNetJson.ConnectAsync(host.Hub, "hello");
        await ResumeAsync(member, hello, joined, recovered: true);
        await host.BroadcastAsync(_room, "hello", 10);

        Assert.Equal(Enumerable.Range(0, 11), (await member.Inbox.NextAsync(11)).Select(received => (int)received.Data!));
    }

    [SkippableFact]
    public async Task A_member_that_closes_before_it_can_know_that_it_is_back_may_come_again_and_one_that_knows_it_leaves_at_once()
    {
        await using var host = await HostProcess.StartAsync(Setup.With("Realtime:ResumeWindow", "01:00:00"));
        await using var cable = new Cable(host.Hub);
        await using var lost = await StockClient.DotNetJson.ConnectAsync(cable.Url);
        var (hello, joined) = ((await lost.InvokeAsync("Hello"))!, (await lost.InvokeAsync("Join", _room))!);
        cable.Cut();
        var impatient = await StockClient.DotNetJson.ConnectAsync(host.Hub);
        await ResumeAsync(impatient, hello, joined, recovered: true);
        await impatient.DisposeAsync(); // a stock client says goodbye whenever it is stopped, also when it has only given up waiting

        var back = await StockClient.DotNetJson.ConnectAsync(host.Hub);
        await ResumeAsync(back, hello, joined, recovered: true);
        await back.InvokeAsync("Rooms");
        await back.DisposeAsync();
        await Eventually.TrueAsync(async () => (await host.MembersAsync(_room)).Count == 0);
    }

    [SkippableFact]
    public async Task A_member_that_does_not_come_back_is_removed_for_good()
    {
        await using var host = await HostProcess.StartAsync(Setup);
        await JoinAndLoseAsync(host);
        await host.StartAgainAsync(Setup.With("Realtime:ResumeWindow", "00:00:02"));
        await Eventually.TrueAsync(async () => (await host.MembersAsync(_room)).Count == 0);

        // With an hour to come back in, only a removal that was written down can have removed it.
        await host.KillAsync();
        await host.StartAgainAsync(Setup.With("Realtime:ResumeWindow", "01:00:00"));
        Assert.Empty(await host.MembersAsync(_room));
    }

    [SkippableFact]
    public async Task A_member_that_left_is_none_after_kill_9()
    {
        await using var host = await HostProcess.StartAsync(Setup);
        var member = await StockClient.DotNetJson.ConnectAsync(host.Hub);
        await member.InvokeAsync("Join", _room);
        await member.InvokeAsync("Leave", _room);
        await host.KillAsync();
        await member.DisposeAsync();
        await host.StartAgainAsync();
        Assert.Empty(await host.MembersAsync(_room));
    }

    [SkippableFact]
    public async Task A_retry_after_a_restart_gets_the_first_receipt_and_is_not_heard_again()
    {
        await using var host = await HostProcess.StartAsync(Setup);
        await using var cable = new Cable(host.Hub);
        await using var lost = await StockClient.DotNetJson.ConnectAsync(cable.Url);
        var (hello, joined) = ((await lost.InvokeAsync("Hello"))!, (await lost.InvokeAsync("Join", _room))!);
        cable.Cut();
        var receipt = await BroadcastOnceAsync("once");
        await host.StopAsync();
        await host.StartAgainAsync();
        Assert.Equal(receipt, await BroadcastOnceAsync("once"));
        await BroadcastOnceAsync("after");

        await using var member = await StockClient.DotNetJson.ConnectAsync(host.Hub, "hello");
        await ResumeAsync(member, hello, joined, recovered: true);
        Assert.Equal(["once", "after"], (await member.Inbox.NextAsync(2)).Select(received => (string)received.Data!));

        async Task<string> BroadcastOnceAsync(string data)
        {
            using var answer = await host.Http.PostAsJsonAsync(
                new Uri(host.Url, $"/api/rooms/{_room}/broadcast"), new { @event = "hello", data, idempotencyKey = data });
            answer.EnsureSuccessStatusCode();
            return await answer.Content.ReadAsStringAsync();
        }
    }

    [SkippableTheory, MemberData(nameof(StockClients.All), MemberType = typeof(StockClients))]
    public async Task A_clean_close_leaves_all_rooms_at_once(StockClient kind)
    {
        await using var host = await HostProcess.StartAsync(Setup.With("Realtime:ResumeWindow", "01:00:00"));
        var member = await kind.ConnectAsync(host.Hub);
        await member.InvokeAsync("Join", _room);
        Assert.Single(await host.MembersAsync(_room));
        await member.DisposeAsync();
        await Eventually.TrueAsync(async () => (await host.MembersAsync(_room)).Count == 0);
    }

    // Joins, and loses the connection with the process.
    private protected async Task<(JsonNode Hello, JsonNode Joined)> JoinAndLoseAsync(HostProcess host)
    {
        await using var member = await StockClient.DotNetJson.ConnectAsync(host.Hub);
        var hello = (await member.InvokeAsync("Hello"))!;
        var joined = (await member.InvokeAsync("Join", _room))!;
        await host.KillAsync();
        return (hello, joined);
    }

    private protected async Task ResumeAsync(IHubClient client, JsonNode hello, JsonNode joined, bool recovered)
    {
        var position = new JsonObject
        {
            ["room"] = joined["room"]!.DeepClone(),
            ["epoch"] = joined["epoch"]!.DeepClone(),
            ["seq"] = joined["seq"]!.DeepClone(),
        };
        var resumed = (await client.InvokeAsync("Resume", (string)hello["resumeToken"]!, new JsonArray(position)))!;
        Assert.Equal((string)hello["socketId"]!, (string)resumed["socketId"]!);
        var room = Assert.Single(resumed["rooms"]!.AsArray())!;
        Assert.Equal((_room, recovered), ((string)room["room"]!, (bool)room["recovered"]!));
    }
}

/// <summary>With the embedded journal.</summary>
public sealed class SqliteMembershipSpec : MembershipSpec
{
    /// <inheritdoc/>
    protected override HostSetup Setup { get; } = new();
}

/// <summary>With the journal of a cluster.</summary>
public sealed class PostgresMembershipSpec(Postgres postgres) : MembershipSpec, IClassFixture<Postgres>
{
    /// <inheritdoc/>
    protected override HostSetup Setup => new HostSetup()
        .With("Realtime:Persistence:Provider", "postgres")
        .With("Realtime:Persistence:ConnectionString", postgres.ConnectionString);

    [SkippableFact]
    public async Task A_member_comes_back_to_a_node_that_has_nothing_of_the_lost_ones_disk()
    {
        await using var lost = await HostProcess.StartAsync(Setup);
        var (hello, joined) = await JoinAndLoseAsync(lost);

        await using var other = await HostProcess.StartAsync(Setup);
        await using var member = await StockClient.DotNetJson.ConnectAsync(other.Hub, "hello");
        await ResumeAsync(member, hello, joined, recovered: false);
    }
}
