using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.SignalR;
using Realtime.Actors.Names;
using Realtime.Testing.Clients;
using Realtime.Web.Tests.Running;

namespace Realtime.Web.Tests.Rooms;

/// <summary>Rooms whose members are known to each other, as stock clients and servers see them.</summary>
[Collection(nameof(RunningApp))]
public sealed class PresenceSpec(RunningApp app)
{
    [Theory, InlineData(HubProtocol.Json), InlineData(HubProtocol.MessagePack)]
    public async Task Members_tell_about_themselves_and_hear_of_each_other(HubProtocol protocol)
    {
        var room = Room();
        await using var ann = await DotNetClient.ConnectAsync(app.Hub, protocol, ["$presence"]);
        await using var bob = await DotNetClient.ConnectAsync(app.Hub, protocol, ["$presence"]);
        await ann.InvokeAsync("Join", room, new { name = "Ann" });
        Assert.Equal("Ann", (string)(await ann.Inbox.NextAsync()).Data!["joined"]![0]!["data"]!["name"]!);
        await bob.InvokeAsync("Join", room);
        var bobsId = (string)(await ann.Inbox.NextAsync()).Data!["joined"]![0]!["socketId"]!;

        var list = (await bob.InvokeAsync("Presence", room))!;
        var known = Assert.Single(list["members"]!.AsArray(), member => (string)member!["socketId"]! != bobsId)!;
        Assert.Equal(["socketId", "data", "joinedAt"], known.AsObject().Select(property => property.Key));
        Assert.Equal("Ann", (string)known["data"]!["name"]!);
        Assert.Null(list["next"]);

        await bob.InvokeAsync("Join", room, new { name = "Bob" });
        Assert.Equal("Bob", (string)(await ann.Inbox.NextAsync()).Data!["updated"]![0]!["data"]!["name"]!);
        await bob.InvokeAsync("Leave", room);
        Assert.Equal(bobsId, (string)(await ann.Inbox.NextAsync()).Data!["left"]![0]!["socketId"]!);
    }

    [Fact]
    public async Task A_server_lists_who_is_there_and_tells_about_a_socket_that_it_lets_in()
    {
        var room = Room();
        var (ann, id) = await app.ConnectSocketAsync("$presence");
        await using (ann)
        {
            var joined = await app.Http.PutAsJsonAsync($"/api/rooms/{Uri.EscapeDataString(room)}/members/{id}", new { presence = new { role = "guest" } });
            Assert.Equal(HttpStatusCode.OK, joined.StatusCode);
            await ann.Inbox.NextAsync();
            var list = await app.Http.GetFromJsonAsync<JsonObject>($"/api/rooms/{Uri.EscapeDataString(room)}/presence");
            Assert.Equal("guest", (string)Assert.Single(list!["members"]!.AsArray())!["data"]!["role"]!);
            // Without a body it joins as before, and what was told stays.
            Assert.Equal(HttpStatusCode.OK, (await app.Http.PutAsync($"/api/rooms/{Uri.EscapeDataString(room)}/members/{id}", null)).StatusCode);
            list = await app.Http.GetFromJsonAsync<JsonObject>($"/api/rooms/{Uri.EscapeDataString(room)}/presence");
            Assert.Equal("guest", (string)Assert.Single(list!["members"]!.AsArray())!["data"]!["role"]!);
        }
    }

    [Fact]
    public async Task What_cannot_be_told_is_refused_and_changes_nothing()
    {
        await using var ann = await app.ConnectAsync();
        var (known, unknown) = (Room(), $"plain-{Guid.NewGuid():n}");
        Assert.StartsWith("no_presence: ", await RefusalAsync(() => ann.InvokeAsync("Join", unknown, "me")), StringComparison.Ordinal);
        Assert.StartsWith("no_presence: ", await RefusalAsync(() => ann.InvokeAsync("Presence", unknown)), StringComparison.Ordinal);
        Assert.StartsWith("payload_too_large: ", await RefusalAsync(() => ann.InvokeAsync("Join", known, new string('x', 2000))), StringComparison.Ordinal);
        Assert.StartsWith("invalid_event: ", await RefusalAsync(() => ann.InvokeAsync("Broadcast", known, "$presence", new { left = Array.Empty<int>() })), StringComparison.Ordinal);
        Assert.Empty((await ann.InvokeAsync("Rooms"))!.AsArray());
        Assert.Equal(HttpStatusCode.BadRequest, (await app.Http.GetAsync($"/api/rooms/{unknown}/presence")).StatusCode);
    }

    [Theory, InlineData(HubProtocol.Json), InlineData(HubProtocol.MessagePack)]
    public async Task A_transient_broadcast_is_heard_and_not_kept(HubProtocol protocol)
    {
        var room = $"typing-{Guid.NewGuid():n}";
        await using var ann = await DotNetClient.ConnectAsync(app.Hub, protocol, ["typing", "chat"]);
        await ann.InvokeAsync("Join", room);
        var receipt = (await ann.InvokeAsync("Broadcast", room, "typing", null, new { transient = true }))!;
        Assert.Equal((0, 1), ((int)receipt["seq"]!, (int)receipt["members"]!));
        await ann.InvokeAsync("Broadcast", room, "chat", "hi");
        await app.Http.PostAsJsonAsync($"/api/rooms/{room}/broadcast", new { @event = "typing", data = 2, transient = true });
        Assert.Equal(["typing", "chat", "typing"], (await ann.Inbox.NextAsync(3)).Select(received => received.Event));
        var history = (await ann.InvokeAsync("History", room))!["messages"]!.AsArray();
        Assert.Equal("chat", (string)Assert.Single(history)!["event"]!);
    }

    [Fact]
    public async Task A_clients_key_makes_its_retry_count_once_and_touches_nobody_elses()
    {
        var room = $"keys-{Guid.NewGuid():n}";
        await using var ann = await app.ConnectAsync();
        await using var bob = await app.ConnectAsync();
        var key = new { idempotencyKey = "k" };
        var seqs = new List<int>();
        foreach (var client in (DotNetClient[])[ann, ann, bob])
            seqs.Add((int)(await client.InvokeAsync("Broadcast", room, "n", 1, key))!["seq"]!);
        Assert.Equal([1, 1, 2], seqs);
    }

    private static string Room() => $"people:{Guid.NewGuid():n}";

    private static async Task<string> RefusalAsync(Func<Task> act)
    {
        var message = (await Assert.ThrowsAsync<HubException>(act)).Message;
        return message[(message.IndexOf("HubException: ", StringComparison.Ordinal) + "HubException: ".Length)..];
    }
}
