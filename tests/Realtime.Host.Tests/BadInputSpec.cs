using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using Realtime.Host.Tests.Clients;
using Realtime.Testing.Clients;

namespace Realtime.Host.Tests;

/// <summary>Bad input gets a clear error and changes nothing (promise 9).</summary>
[Collection(nameof(RunningHost))]
public sealed class BadInputSpec(RunningHost running)
{
    private const int PayloadLimit = 64 * 1024;
    private const int NameLimit = 256;

    private readonly HostProcess _host = running.Process;
    private readonly string _room = AnyRoom.Name();

    /// <summary>Body, status and code; the room is in the path.</summary>
    public static TheoryData<string, string, int, string> Broadcasts => new()
    {
        { "bad JSON", """{"event":""", 400, "invalid_request" },
        { "nothing", "", 400, "invalid_request" },
        { "null", "null", 400, "invalid_request" },
        { "no object", "[]", 400, "invalid_request" },
        { "more than one object", """{"event":"hello"}{"event":"hello"}""", 400, "invalid_request" },
        { "an unknown field", """{"event":"hello","data":1,"evnt":"hello"}""", 400, "invalid_request" },
        { "an event that is no text", """{"event":5,"data":1}""", 400, "invalid_request" },
        { "an omit that is no text", """{"event":"hello","data":1,"omit":5}""", 400, "invalid_request" },
        { "an omit that is no socket", """{"event":"hello","data":1,"omit":"nobody"}""", 400, "invalid_socket" },
        { "an empty event", """{"event":"","data":1}""", 400, "invalid_event" },
        { "a reserved event (G-6)", """{"event":"disconnect","data":1}""", 400, "invalid_event" },
        { "an event of our own frames", """{"event":"$hello","data":1}""", 400, "invalid_event" },
        { "an overlong event", $$"""{"event":"{{new string('x', 257)}}","data":1}""", 400, "invalid_event" },
        { "data over the limit", $$"""{"event":"hello","data":"{{new string('x', PayloadLimit)}}"}""", 413, "payload_too_large" },
        { "much more than the limit", $$"""{"event":"hello","data":"{{new string('x', 16 * PayloadLimit)}}"}""", 413, "payload_too_large" },
    };

    /// <summary>Names that no room can have.</summary>
    public static TheoryData<string, string> Names => new()
    {
        { "a byte too long", new string('x', NameLimit + 1) },
        { "too long in UTF-8 only", new string('ü', (NameLimit / 2) + 1) },
    };

    [Theory, MemberData(nameof(Broadcasts))]
    public async Task A_bad_broadcast_over_http_is_refused_with_a_code_and_a_sentence(string what, string body, int status, string code)
    {
        await using var member = await MemberAsync();
        var answer = await _host.PostRawAsync($"/api/rooms/{_room}/broadcast", body);
        AssertProblem(what, answer, status, code);
        await AssertNothingChangedAsync(member);
    }

    [Theory, MemberData(nameof(Names))]
    public async Task A_bad_room_name_over_http_is_refused(string what, string name)
    {
        var path = Uri.EscapeDataString(name);
        AssertProblem(what, await _host.PostRawAsync($"/api/rooms/{path}/broadcast", """{"event":"hello"}"""), 400, "invalid_room");
        await using var client = await StockClient.DotNetJson.ConnectAsync(_host.Hub);
        var hello = (await client.InvokeAsync("Hello"))!;
        var body = $$"""{"socketId":"{{hello["socketId"]}}","resumeToken":"{{hello["resumeToken"]}}"}""";
        AssertProblem(what, await _host.PostRawAsync($"/rooms/{path}/join", body), 400, "invalid_room");
        Assert.Empty((await client.InvokeAsync("Rooms"))!.AsArray());
    }

    [Theory]
    [InlineData("bad JSON", "{", 400, "invalid_request")]
    [InlineData("an unknown field", """{"socketId":"x","resumeToken":"y","room":"z"}""", 400, "invalid_request")]
    [InlineData("no token", """{"socketId":"x"}""", 400, "invalid_request")]
    [InlineData("no socket", """{"socketId":"nobody","resumeToken":"y"}""", 400, "invalid_socket")]
    public async Task A_bad_join_over_http_is_refused(string what, string body, int status, string code)
    {
        await using var member = await MemberAsync();
        AssertProblem(what, await _host.PostRawAsync($"/rooms/{_room}/join", body), status, code);
        await AssertNothingChangedAsync(member);
    }

    [Theory, MemberData(nameof(Names)), InlineData("empty", "")]
    public async Task A_bad_room_name_over_the_hub_is_refused_with_the_same_code(string what, string name)
    {
        await using var member = await MemberAsync();
        foreach (var method in new[] { "Join", "Leave" })
            await AssertRefusedAsync(what, member, "invalid_room", method, name);
        await AssertRefusedAsync(what, member, "invalid_room", "Broadcast", name, "hello", 1);
        await AssertNothingChangedAsync(member);
    }

    [SkippableTheory, MemberData(nameof(StockClients.All), MemberType = typeof(StockClients))]
    public async Task A_bad_broadcast_over_the_hub_is_refused_with_the_same_code(StockClient kind)
    {
        await using var member = await MemberAsync(kind);
        await AssertRefusedAsync("a reserved event", member, "invalid_event", "Broadcast", _room, "connect", 1);
        await AssertRefusedAsync("an empty event", member, "invalid_event", "Broadcast", _room, "", 1);
        await AssertRefusedAsync("too much data", member, "payload_too_large", "Broadcast", _room, "hello", new string('x', PayloadLimit));
        await AssertNothingChangedAsync(member);
    }

    [Fact]
    public async Task Names_and_data_of_just_the_permitted_size_are_taken()
    {
        await using var member = await StockClient.DotNetJson.ConnectAsync(_host.Hub, "hello");
        var (room, data) = (_room.PadRight(NameLimit, 'x'), new string('x', PayloadLimit - 2));     // two quotes belong to it
        await member.InvokeAsync("Join", room);
        await _host.BroadcastAsync(room, "hello", data);
        Assert.Equal(new Received("hello", data), await member.Inbox.NextAsync());
        await member.InvokeAsync("Broadcast", room, "hello", data);
        Assert.Equal(new Received("hello", data), await member.Inbox.NextAsync());
    }

    private static void AssertProblem(string what, (int Status, string? MediaType, System.Text.Json.Nodes.JsonObject Body) answer, int status, string code)
    {
        Assert.Equal((what, status, code), (what, answer.Status, (string?)answer.Body["code"]));
        Assert.Equal("application/problem+json", answer.MediaType);
        Assert.Equal(status, (int)answer.Body["status"]!);
        Assert.NotEmpty((string)answer.Body["detail"]!);
    }

    private static async Task AssertRefusedAsync(string what, IHubClient client, string code, string method, params object?[] arguments)
    {
        var refused = await Assert.ThrowsAsync<HubException>(() => client.InvokeAsync(method, arguments));
        Assert.True(refused.Message.Contains(code, StringComparison.Ordinal), $"{method} with {what}: {refused.Message}");
    }

    private async Task<IHubClient> MemberAsync(StockClient kind = StockClient.DotNetJson)
    {
        var member = await kind.ConnectAsync(_host.Hub, "hello", "marker");
        await member.InvokeAsync("Join", _room);
        return member;
    }

    // The next broadcast is the first that the room has counted and that its one member sees.
    private async Task AssertNothingChangedAsync(IHubClient member)
    {
        var joined = (await member.InvokeAsync("Join", _room))!;
        var answer = await _host.BroadcastAsync(_room, "marker", null);
        Assert.Equal("marker", (await member.Inbox.NextAsync()).Event);
        Assert.Equal((1, 1), ((int)answer["seq"]!, (int)answer["members"]!));
        Assert.Equal(0, (int)joined["seq"]!);
    }
}
