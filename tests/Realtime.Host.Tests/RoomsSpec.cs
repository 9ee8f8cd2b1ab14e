using System.Text.Json.Nodes;
using Realtime.Host.Tests.Clients;
using Realtime.Testing.Clients;

namespace Realtime.Host.Tests;

/// <summary>The first example of the mission, with every stock client: join, and hear what is broadcast over HTTP.</summary>
[Collection(nameof(RunningHost))]
public sealed class RoomsSpec(RunningHost running)
{
    private readonly HostProcess _host = running.Process;
    private readonly string _room = AnyRoom.Name();

    /// <summary>Contract .</summary>
    [SkippableTheory, MemberData(nameof(StockClients.All), MemberType = typeof(StockClients))]
    public async Task A_member_that_joined_through_the_hub_gets_the_broadcast(StockClient kind)
    {
        await using var member = await kind.ConnectAsync(_host.Hub, "hello");
        var joined = (await member.InvokeAsync("Join", _room))!;
        Assert.Equal(_room, (string)joined["room"]!);

        var answer = await _host.BroadcastAsync(_room, "hello", "Hello to all my fun sockets!");

        Assert.Equal(new Received("hello", "Hello to all my fun sockets!"), await member.Inbox.NextAsync());
        Assert.Equal(_room, (string)answer["room"]!);
        Assert.Equal(joined["epoch"]!.ToJsonString(), answer["epoch"]!.ToJsonString());
        Assert.Equal((long)joined["seq"]! + 1, (long)answer["seq"]!);
        Assert.Equal(1, (int)answer["members"]!);
    }

    [SkippableTheory, MemberData(nameof(StockClients.All), MemberType = typeof(StockClients))]
    public async Task A_member_that_joined_through_the_web_endpoint_gets_the_broadcast(StockClient kind)
    {
        await using var member = await kind.ConnectAsync(_host.Hub, "hello");
        await JoinOverHttpAsync(member);
        var answer = await _host.BroadcastAsync(_room, "hello", "Hello to all my fun sockets!");
        Assert.Equal(new Received("hello", "Hello to all my fun sockets!"), await member.Inbox.NextAsync());
        Assert.Equal(1, (int)answer["members"]!);
    }

    [SkippableTheory, MemberData(nameof(StockClients.All), MemberType = typeof(StockClients))]
    public async Task Data_of_every_kind_arrives_as_it_was_sent(StockClient kind)
    {
        var data = JsonNode.Parse("""{"text":"Grüße, 世界 👋 \"quoted\"","list":[1,-2.5,true,null,{}],"deep":{"er":{"est":[]}}}""")!;
        await using var member = await kind.ConnectAsync(_host.Hub, "hello");
        await member.InvokeAsync("Join", _room);
        foreach (var value in new[] { data, data["list"], "", 0, false, null })
        {
            await _host.BroadcastAsync(_room, "hello", value);
            Assert.Equal(new Received("hello", value?.DeepClone()), await member.Inbox.NextAsync());
        }
    }

    /// <summary>Contract R-36.</summary>
    [SkippableTheory, MemberData(nameof(StockClients.All), MemberType = typeof(StockClients))]
    public async Task Broadcasts_arrive_in_the_order_in_which_they_were_acknowledged(StockClient kind)
    {
        await using var member = await kind.ConnectAsync(_host.Hub, "count");
        await member.InvokeAsync("Join", _room);
        for (var number = 0; number < 100; number++)
            await _host.BroadcastAsync(_room, "count", number);
        Assert.Equal(Enumerable.Range(0, 100), (await member.Inbox.NextAsync(100)).Select(received => (int)received.Data!));
    }

    /// <summary>Contract R-37.</summary>
    [Fact]
    public async Task Who_is_no_member_gets_nothing()
    {
        await using var member = await StockClient.DotNetJson.ConnectAsync(_host.Hub, "hello", "marker");
        await using var stranger = await StockClient.DotNetJson.ConnectAsync(_host.Hub, "hello", "marker");
        await member.InvokeAsync("Join", _room);
        var others = AnyRoom.Name();
        await stranger.InvokeAsync("Join", others);

        await _host.BroadcastAsync(_room, "hello", "for members");
        Assert.Equal("hello", (await member.Inbox.NextAsync()).Event);
        await _host.BroadcastAsync(others, "marker", null);

        Assert.Equal("marker", (await stranger.Inbox.NextAsync()).Event);
    }

    /// <summary>Contract R-3: one copy after two joins, none after one leave.</summary>
    [Fact]
    public async Task Joining_twice_is_joining_once_and_leaving_ends_it()
    {
        await using var member = await StockClient.DotNetJson.ConnectAsync(_host.Hub, "hello", "marker");
        var (others, first) = (AnyRoom.Name(), await member.InvokeAsync("Join", _room));
        Assert.Equal(first!.ToJsonString(), (await member.InvokeAsync("Join", _room))!.ToJsonString());
        await member.InvokeAsync("Join", others);
        await _host.BroadcastAsync(_room, "hello", "once");
        Assert.Equal("hello", (await member.Inbox.NextAsync()).Event);

        await member.InvokeAsync("Leave", _room);
        Assert.Equal(0, (int)(await _host.BroadcastAsync(_room, "hello", "to nobody"))["members"]!);
        await _host.BroadcastAsync(others, "marker", null);

        Assert.Equal("marker", (await member.Inbox.NextAsync()).Event);
    }

    /// <summary>Contract R-2.</summary>
    [Fact]
    public async Task A_broadcast_to_an_empty_room_is_no_error()
    {
        var answer = await _host.BroadcastAsync(_room, "hello", "anyone?");
        Assert.Equal(0, (int)answer["members"]!);
    }

    /// <summary>Contract G-7.</summary>
    [Theory]
    [InlineData("a/b?c=d&e#f")]
    [InlineData("50% of 100%25")]
    [InlineData("Grüße 世界 👋")]
    [InlineData("with : colon, and space ")]
    [InlineData("..")]
    public async Task A_room_name_may_hold_any_character(string name)
    {
        var room = $"{_room}{name}";
        await using var member = await StockClient.DotNetJson.ConnectAsync(_host.Hub, "hello");
        await member.InvokeAsync("Join", room);
        var answer = await _host.BroadcastAsync(room, "hello", null);
        Assert.Equal((room, 1), ((string)answer["room"]!, (int)answer["members"]!));
        Assert.Equal("hello", (await member.Inbox.NextAsync()).Event);
    }

    /// <summary>Contract R-1: its own id is a room of one.</summary>
    [Fact]
    public async Task A_socket_is_reached_by_its_id()
    {
        await using var one = await StockClient.DotNetJson.ConnectAsync(_host.Hub, "hello", "marker");
        await using var other = await StockClient.DotNetJson.ConnectAsync(_host.Hub, "hello", "marker");
        await _host.BroadcastAsync(await IdOfAsync(one), "hello", "you");
        await _host.BroadcastAsync(await IdOfAsync(other), "marker", null);
        Assert.Equal(new Received("hello", "you"), await one.Inbox.NextAsync());
        Assert.Equal("marker", (await other.Inbox.NextAsync()).Event);
    }

    [Fact]
    public async Task The_web_endpoint_takes_a_socket_only_with_its_own_token()
    {
        await using var victim = await StockClient.DotNetJson.ConnectAsync(_host.Hub);
        await using var thief = await StockClient.DotNetJson.ConnectAsync(_host.Hub);
        var theirs = (await thief.InvokeAsync("Hello"))!["resumeToken"]!;
        var body = new JsonObject { ["socketId"] = await IdOfAsync(victim), ["resumeToken"] = theirs.DeepClone() };
        var (status, _, problem) = await _host.PostRawAsync($"/rooms/{_room}/join", body.ToJsonString());
        Assert.Equal("invalid_resume_token", (string?)problem["code"]);
        Assert.InRange(status, 400, 403);
        Assert.Empty(await _host.MembersAsync(_room));
    }

    private static async Task<string> IdOfAsync(IHubClient client) => (string)(await client.InvokeAsync("Hello"))!["socketId"]!;

    private async Task JoinOverHttpAsync(IHubClient member)
    {
        var hello = (await member.InvokeAsync("Hello"))!;
        var body = new JsonObject { ["socketId"] = hello["socketId"]!.DeepClone(), ["resumeToken"] = hello["resumeToken"]!.DeepClone() };
        var joined = await _host.SendAsync(HttpMethod.Post, $"/rooms/{_room}/join", body);
        Assert.Equal((_room, 1), ((string)joined["room"]!, (int)joined["members"]!));
    }
}
