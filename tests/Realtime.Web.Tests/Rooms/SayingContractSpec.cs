using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Realtime.Actors;
using Realtime.Actors.Names;
using Realtime.Testing;
using Realtime.Testing.Clients;
using Realtime.Web.Rooms;
using Realtime.Web.Tests.Running;

namespace Realtime.Web.Tests.Rooms;

/// <summary>The contract's clauses on broadcasts, blasts and lookups, on one node.</summary>
[Collection(nameof(RunningApp))]
public sealed class SayingContractSpec(RunningApp app)
{
    private readonly IRooms _rooms = app.Services.GetRequiredService<IRooms>();

    /// <summary>R-29, R-30, and R-31 without its guessing: data is data, whatever its type.</summary>
    [Theory]
    [InlineData("""{"data":{"albumId":3}}""", """{"albumId":3}""")]
    [InlineData("""{"event":null,"data":[1]}""", "[1]")]
    [InlineData("""{"data":"hello"}""", "\"hello\"")]
    [InlineData("""{"data":7}""", "7")]
    [InlineData("{}", "null")]
    public async Task Without_an_event_it_is_a_message(string body, string data)
    {
        var room = Room();
        var (ann, id) = await app.ConnectSocketAsync("message");
        await using (ann)
        {
            await ann.InvokeAsync("Join", room.Value);
            await PostAsync($"/api/rooms/{room}/broadcast", body);
            await PostAsync($"/api/sockets/{id}/send", body);
            foreach (var received in await ann.Inbox.NextAsync(2))
                Assert.Equal(("message", data), (received.Event, received.Data?.ToJsonString() ?? "null"));
        }
    }

    [Fact]
    public async Task Whoever_is_omitted_is_so_in_each_room_and_nobody_else_is()
    {
        var (one, two) = (Room(), Room());
        var (ann, annId) = await app.ConnectSocketAsync("message", "marker");
        await using var bob = await app.ConnectAsync("message", "marker");
        await using (ann)
        {
            foreach (var client in (DotNetClient[])[ann, bob])
            {
                await client.InvokeAsync("Join", one.Value);
                await client.InvokeAsync("Join", two.Value);
            }
            // In Sails whoever has joined the room of the omitted one is omitted too: here nobody can.
            await Assert.ThrowsAsync<HubException>(() => bob.InvokeAsync("Join", annId));
            var receipts = await PostAsync("/api/broadcast", $$"""{"rooms":["{{one}}","{{two}}"],"data":1,"omit":"{{annId}}"}""");
            Assert.Equal([1, 1], receipts.AsArray().Select(receipt => (int)receipt!["members"]!));
            await PostAsync("/api/broadcast", $$"""{"rooms":["{{one}}","{{two}}"],"event":"marker","data":1}""");
            Assert.Equal("marker", (await ann.Inbox.NextAsync()).Event);
            Assert.Equal(["message", "marker"], (await bob.Inbox.NextAsync(2)).Select(received => received.Event));
        }
    }

    [Fact]
    public async Task A_blast_without_an_event_omits_too()
    {
        var (ann, annId) = await app.ConnectSocketAsync("message", "marker");
        await using var bob = await app.ConnectAsync("message");
        await using (ann)
        {
            var mark = Guid.NewGuid().ToString("n");
            Assert.True((int)(await PostAsync("/api/blast", $$"""{"data":"{{mark}}","omit":"{{annId}}"}"""))["sockets"]! >= 1);
            await PostAsync($"/api/sockets/{annId}/send", """{"event":"marker"}""");
            Assert.Equal("marker", (await NextBut(ann, other => other.Event == "message" && (string?)other.Data != mark)).Event);
            Assert.Equal(mark, (string)(await NextBut(bob, other => (string?)other.Data != mark)).Data!);
        }
    }

    [Fact]
    public async Task Two_broadcasts_one_after_the_other_come_in_that_order_also_to_different_rooms()
    {
        var (one, two) = (Room(), Room());
        await using var ann = await app.ConnectAsync("message");
        await ann.InvokeAsync("Join", one.Value);
        await ann.InvokeAsync("Join", two.Value);
        for (var i = 0; i < 100; i++)
            await _rooms.BroadcastAsync(i % 3 == 0 ? one : two, EventName.Parse(null), i);
        var all = (await ann.Inbox.NextAsync(100)).Select(received => (int)received.Data!).ToArray();
        // Each room has one order; between rooms there is none.
        Assert.Equal(Enumerable.Range(0, 100).Where(i => i % 3 == 0), all.Where(i => i % 3 == 0));
        Assert.Equal(Enumerable.Range(0, 100).Where(i => i % 3 != 0), all.Where(i => i % 3 != 0));
    }

    [Fact]
    public async Task A_socket_is_looked_up_by_its_id_and_one_that_is_not_there_is_a_404()
    {
        var room = Room();
        var (ann, id) = await app.ConnectSocketAsync();
        await using (ann)
        {
            await ann.InvokeAsync("Join", room.Value);
            var found = JsonNode.Parse(await app.Http.GetStringAsync(Path($"/api/sockets/{id}")))!;
            Assert.Equal((id, true, room.Value), ((string)found["socketId"]!, (bool)found["isConnected"]!, (string)Assert.Single(found["rooms"]!.AsArray())!));
            (await app.Http.DeleteAsync(Path($"/api/sockets/{id}"))).EnsureSuccessStatusCode();
        }
        await Eventually.HoldsAsync(async () => Assert.Equal(
            (HttpStatusCode.NotFound, ErrorCodes.UnknownSocket), await StatusAsync(() => app.Http.GetAsync(Path($"/api/sockets/{id}")))));
        Assert.Equal((HttpStatusCode.BadRequest, ErrorCodes.InvalidSocket), await StatusAsync(() => app.Http.GetAsync(Path("/api/sockets/me"))));
    }

    [Fact]
    public async Task A_message_to_a_socket_that_is_not_there_is_a_404_but_a_broadcast_to_its_room_is_none()
    {
        const string Nobody = "0badbad0.AAAAAAAAAAAAAAAA";
        Assert.Equal((HttpStatusCode.NotFound, ErrorCodes.UnknownSocket),
            await StatusAsync(() => app.Http.PostAsJsonAsync(Path($"/api/sockets/{Nobody}/send"), new { data = 1 })));
        Assert.Equal(0, (int)(await PostAsync($"/api/rooms/{Nobody}/broadcast", """{"data":1}"""))["members"]!);
    }

    [Fact]
    public async Task A_room_tells_its_members_and_an_unknown_one_has_none()
    {
        var room = Room();
        var (ann, id) = await app.ConnectSocketAsync();
        await using (ann)
        {
            Assert.Empty((await _rooms.MembersAsync(room)).Members);
            await ann.InvokeAsync("Join", room.Value);
            Assert.Equal(id, Assert.Single((await _rooms.MembersAsync(room)).Members).SocketId);
        }
    }

    [Fact]
    public async Task A_server_disconnects_a_socket_for_good()
    {
        var room = Room();
        var (ann, id) = await app.ConnectSocketAsync();
        var closed = new TaskCompletionSource();
        ann.Connection.Closed += _ =>
        {
            closed.TrySetResult();
            return Task.CompletedTask;
        };
        await using (ann)
        {
            await ann.InvokeAsync("Join", room.Value);
            using var answer = await app.Http.DeleteAsync(Path($"/api/sockets/{id}"));
            Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
            await closed.Task.WaitAsync(Eventually.Patience);
            await Eventually.HoldsAsync(async () => Assert.Equal(0, (await _rooms.DescribeAsync(room)).Members));
        }
    }

    // Others of this application may blast as well.
    private static async Task<Received> NextBut(DotNetClient client, Predicate<Received> skipped)
    {
        while (true)
        {
            if (await client.Inbox.NextAsync() is var received && !skipped(received))
                return received;
        }
    }

    private static async Task<(HttpStatusCode, string?)> StatusAsync(Func<Task<HttpResponseMessage>> request)
    {
        using var answer = await request();
        return (answer.StatusCode, (string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["code"]);
    }

    private async Task<JsonNode> PostAsync(string path, string body)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var answer = await app.Http.PostAsync(Path(path), content);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"POST {path}: {text}");
        return text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!;
    }

    private static RoomName Room() => RoomName.Parse($"contract-{Guid.NewGuid():n}");

    private static Uri Path(string path) => new(path, UriKind.Relative);
}
