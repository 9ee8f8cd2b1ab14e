using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Realtime.Actors;
using Realtime.Actors.Names;
using Realtime.Web.Rooms;
using Realtime.Web.Tests.Running;

namespace Realtime.Web.Tests.Rooms;

/// <summary>The operations of <c>sails.sockets</c>, by <see cref="IRooms"/> and over the HTTP API.</summary>
[Collection(nameof(RunningApp))]
public sealed class RoomOperationsSpec(RunningApp app)
{
    private static readonly EventName News = EventName.Parse("news");

    private readonly IRooms _rooms = app.Services.GetRequiredService<IRooms>();

    /// <summary>Contract R-33.</summary>
    [Fact]
    public async Task A_broadcast_to_several_rooms_reaches_a_socket_in_two_of_them_once()
    {
        await using var member = await app.ConnectAsync("news", "marker");
        var (one, two) = (Room("one"), Room("two"));
        await member.InvokeAsync("Join", one.Value);
        await member.InvokeAsync("Join", two.Value);

        var receipts = await _rooms.BroadcastAsync([one, two], News, "1"u8.ToArray());
        await _rooms.BroadcastAsync(one, EventName.Parse("marker"), 1);
        await _rooms.BroadcastAsync(two, EventName.Parse("marker"), 2);

        Assert.Equal([one.Value, two.Value], receipts.Select(receipt => receipt.Room));
        Assert.Equal(["marker", "marker", "news"], (await member.Inbox.NextAsync(3)).Select(received => received.Event).Order());
    }

    /// <summary>Contract .</summary>
    [Fact]
    public async Task The_omitted_socket_hears_nothing_and_all_others_do()
    {
        var room = Room("omit");
        var (ann, annId) = await app.ConnectSocketAsync("news");
        var (bob, _) = await app.ConnectSocketAsync("news");
        await using (ann)
        await using (bob)
        {
            await ann.InvokeAsync("Join", room.Value);
            await bob.InvokeAsync("Join", room.Value);
            await _rooms.BroadcastAsync(room, News, "not for Ann", SocketId.Parse(annId));
            await _rooms.BroadcastAsync(room, News, "for both");

            Assert.Equal("for both", (string)(await ann.Inbox.NextAsync()).Data!);
            Assert.Equal(["not for Ann", "for both"], (await bob.Inbox.NextAsync(2)).Select(received => (string)received.Data!));
        }
    }

    /// <summary>Contract .</summary>
    [Fact]
    public async Task A_socket_id_is_a_room_of_that_socket_that_nobody_joins_or_leaves()
    {
        var (ann, annId) = await app.ConnectSocketAsync("news");
        await using (ann)
        {
            var receipt = await _rooms.BroadcastAsync(RoomName.Parse(annId), News, "only you");
            Assert.Equal(1, receipt.Members);
            Assert.Equal("only you", (string)(await ann.Inbox.NextAsync()).Data!);
            var refused = await Assert.ThrowsAsync<RealtimeException>(() => _rooms.LeaveAsync(SocketId.Parse(annId), RoomName.Parse(annId)));
            Assert.Equal(ErrorCodes.InvalidRoom, refused.Code);
        }
    }

    /// <summary>Contract .</summary>
    [Fact]
    public async Task Members_of_a_room_are_added_to_others_removed_from_them_and_made_to_leave_all()
    {
        var (source, target) = (Room("source"), Room("target"));
        await using var ann = await app.ConnectAsync("news");
        await using var bob = await app.ConnectAsync("news");
        await ann.InvokeAsync("Join", source.Value);
        await bob.InvokeAsync("Join", source.Value);

        Assert.Equal(2, await _rooms.AddMembersToRoomsAsync(source, [target]));
        Assert.Equal(2, (await _rooms.DescribeAsync(target)).Members);
        Assert.Equal(2, (await _rooms.DescribeAsync(source)).Members);
        Assert.Equal(2, await _rooms.RemoveMembersFromRoomsAsync(source, [target]));
        Assert.Equal(0, (await _rooms.DescribeAsync(target)).Members);
        await _rooms.AddMembersToRoomsAsync(source, [target]);
        Assert.Equal(2, await _rooms.LeaveAllAsync(source));
        Assert.Equal((0, 0), ((await _rooms.DescribeAsync(source)).Members, (await _rooms.DescribeAsync(target)).Members));
        Assert.Empty((await ann.InvokeAsync("Rooms"))!.AsArray());
    }

    /// <summary>Contract R-38.</summary>
    [Fact]
    public async Task A_blast_reaches_every_socket_but_the_omitted_one()
    {
        var name = $"blast-{Guid.NewGuid():n}";
        var (ann, annId) = await app.ConnectSocketAsync(name, "marker");
        var (bob, bobId) = await app.ConnectSocketAsync(name, "marker");
        await using (ann)
        await using (bob)
        {
            await _rooms.BlastAsync(EventName.Parse(name), "{}"u8.ToArray(), SocketId.Parse(annId));
            await _rooms.BroadcastAsync(RoomName.Parse(annId), EventName.Parse("marker"), 1);
            Assert.Equal("marker", (await ann.Inbox.NextAsync()).Event);
            Assert.Equal(name, (await bob.Inbox.NextAsync()).Event);
        }
    }

    [Fact]
    public async Task The_same_key_is_said_once_and_receipted_twice()
    {
        var room = Room("key");
        var first = await _rooms.BroadcastAsync(room, News, "once", key: "k");
        var second = await _rooms.BroadcastAsync(room, News, "once", key: "k");
        Assert.Equal(first, second);
        Assert.Single((await _rooms.HistoryAsync(room)).Messages);
    }

    [Fact]
    public async Task A_broadcast_to_several_rooms_that_is_tried_again_reaches_only_those_that_it_did_not_reach()
    {
        var (one, two, key) = (Room("one"), Room("two"), Guid.NewGuid().ToString("n"));
        var (ann, annId) = await app.ConnectSocketAsync("news", "marker");
        await using var bob = await app.ConnectAsync("news", "marker");
        await using (ann)
        {
            await ann.InvokeAsync("Join", one.Value);
            await ann.InvokeAsync("Join", two.Value);
            await bob.InvokeAsync("Join", two.Value);
            var first = await _rooms.BroadcastAsync([one, RoomName.Parse(annId)], News, "1"u8.ToArray(), key: key); // as if the other room had not answered
            var again = await PostAsync("/api/broadcast", new { rooms = new[] { one.Value, two.Value, annId }, @event = "news", data = 1, idempotencyKey = key });

            Assert.Equal((first[0].Epoch, first[0].Seq), ((long)again[0]!["epoch"]!, (long)again[0]!["seq"]!));
            await _rooms.BroadcastAsync(two, EventName.Parse("marker"), 1);
            Assert.Equal(["news", "marker"], (await ann.Inbox.NextAsync(2)).Select(received => received.Event));
            Assert.Equal(["news", "marker"], (await bob.Inbox.NextAsync(2)).Select(received => received.Event));
            Assert.Single((await _rooms.HistoryAsync(one)).Messages);
        }
    }

    [Fact]
    public async Task A_blast_that_is_tried_again_is_heard_once()
    {
        var name = $"blast-{Guid.NewGuid():n}";
        var (ann, annId) = await app.ConnectSocketAsync(name, "marker");
        await using (ann)
        {
            for (var attempt = 0; attempt < 2; attempt++)
                await PostAsync("/api/blast", new { @event = name, idempotencyKey = name });
            await _rooms.BroadcastAsync(RoomName.Parse(annId), EventName.Parse("marker"), 1);
            Assert.Equal([name, "marker"], (await ann.Inbox.NextAsync(2)).Select(received => received.Event));
        }
    }

    [Fact]
    public async Task Members_come_in_pages()
    {
        var room = Room("pages");
        var sockets = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            var (client, socket) = await app.ConnectSocketAsync();
            await client.InvokeAsync("Join", room.Value);
            sockets.Add(socket);
        }

        var found = new List<string>();
        for (SocketId? after = null; ;)
        {
            var page = await _rooms.MembersAsync(room, after, 2);
            Assert.Equal(5, page.Total);
            found.AddRange(page.Members.Select(member => member.SocketId));
            if (page.Next is null)
                break;
            after = SocketId.Parse(page.Next);
        }
        Assert.Equal(sockets.Order(StringComparer.Ordinal), found);
    }

    [Fact]
    public async Task A_hub_method_takes_its_last_argument_or_does_without()
    {
        var room = Room("optional");
        await using var client = await app.ConnectAsync();
        await client.InvokeAsync("Join", room.Value);
        await _rooms.BroadcastAsync(room, News, 1);
        Assert.Equal(1, (int)(await client.InvokeAsync("Members", room.Value))!["total"]!);
        Assert.Equal(1, (int)(await client.InvokeAsync("Members", room.Value, null))!["total"]!);
        Assert.Single((await client.InvokeAsync("History", room.Value))!["messages"]!.AsArray());
    }

    [Fact]
    public async Task A_room_for_servers_refuses_clients_and_says_how_to_permit_them()
    {
        await using var client = await app.ConnectAsync();
        foreach (var (method, arguments) in new (string, object?[])[] { ("Join", ["servers:x"]), ("Broadcast", ["servers:x", "news", 1]) })
        {
            var refused = await Assert.ThrowsAsync<HubException>(() => client.InvokeAsync(method, arguments));
            Assert.Contains("forbidden: ", refused.Message, StringComparison.Ordinal);
            Assert.Contains("Realtime:Rooms:", refused.Message, StringComparison.Ordinal);
        }
        Assert.Equal(0, (await _rooms.BroadcastAsync(RoomName.Parse("servers:x"), News, 1)).Members);
    }

    [Fact]
    public async Task A_durable_room_counts_on_in_its_epoch()
    {
        var room = RoomName.Parse($"durable:{Guid.NewGuid():n}");
        var first = await _rooms.BroadcastAsync(room, News, 1);
        var second = await _rooms.BroadcastAsync(room, News, 2);
        Assert.Equal((first.Epoch, 1L, 2L), (second.Epoch, first.Seq, second.Seq));
    }

    [Fact]
    public async Task A_server_does_the_same_over_http()
    {
        var (room, other) = (Room("http/ä"), Room("http other"));
        var (ann, annId) = await app.ConnectSocketAsync("news", "message");
        await using (ann)
        {
            await PutAsync($"/api/rooms/{Escape(room)}/members/{annId}");
            Assert.Equal(1, (int)(await GetAsync($"/api/rooms/{Escape(room)}"))["members"]!);
            Assert.Equal(1, (int)(await PostAsync($"/api/rooms/{Escape(room)}/members/add-to", new { rooms = new[] { other.Value } }))["sockets"]!);
            await PostAsync("/api/broadcast", new { rooms = new[] { room.Value, other.Value }, @event = "news", data = 7 });
            Assert.Equal(7, (int)(await ann.Inbox.NextAsync()).Data!);
            var info = await GetAsync($"/api/sockets/{annId}");
            Assert.Equal(new[] { room.Value, other.Value }.Order(), info["rooms"]!.AsArray().Select(name => (string)name!).Order());
            Assert.Single((await GetAsync($"/api/rooms/{Escape(room)}/history"))["messages"]!.AsArray());
            await PostAsync($"/api/sockets/{annId}/send", new { data = "direct" });
            Assert.Equal("direct", (string)(await ann.Inbox.NextAsync()).Data!);
            await PostAsync($"/api/rooms/{Escape(room)}/members/remove-from", new { rooms = new[] { other.Value } });
            Assert.Equal(0, (int)(await GetAsync($"/api/rooms/{Escape(other)}"))["members"]!);
            using var emptied = await app.Http.DeleteAsync(new Uri($"/api/rooms/{Escape(room)}/members", UriKind.Relative));
            Assert.Equal(HttpStatusCode.OK, emptied.StatusCode);
            Assert.Equal(0, (int)(await GetAsync($"/api/rooms/{Escape(room)}"))["members"]!);
        }
    }

    [Fact]
    public async Task A_server_whose_models_live_elsewhere_publishes_to_their_watchers_and_subscribers()
    {
        await using var client = await app.ConnectAsync("invoice");
        await client.InvokeAsync("Watch", "invoice");
        await client.InvokeAsync("Subscribe", "invoice", new object[] { 7 });

        await PostAsync("/api/topics/invoice/publish", new { data = new { verb = "paid-all" } });
        await PostAsync("/api/topics/invoice/publish", new { ids = new object[] { 8, 7 }, verb = "messaged", data = new { verb = "messaged", id = 7 } });

        Assert.Equal("paid-all", (string)(await client.Inbox.NextAsync()).Data!["verb"]!);
        Assert.Equal("messaged", (string)(await client.Inbox.NextAsync()).Data!["verb"]!);
    }

    private static RoomName Room(string name) => RoomName.Parse($"{name}-{Guid.NewGuid():n}");

    private static string Escape(RoomName room) => Uri.EscapeDataString(room.Value);

    private async Task<JsonNode> GetAsync(string path) => JsonNode.Parse(await app.Http.GetStringAsync(new Uri(path, UriKind.Relative)))!;

    private async Task PutAsync(string path)
    {
        using var answer = await app.Http.PutAsync(new Uri(path, UriKind.Relative), null);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    private async Task<JsonNode> PostAsync(string path, object body)
    {
        using var answer = await app.Http.PostAsJsonAsync(path, body);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"POST {path}: {text}");
        return text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!;
    }
}
