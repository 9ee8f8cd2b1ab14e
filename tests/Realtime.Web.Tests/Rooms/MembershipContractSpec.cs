using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Realtime.Actors;
using Realtime.Actors.Names;
using Realtime.Testing;
using Realtime.Testing.Clients;
using Realtime.Web.Rooms;
using Realtime.Web.Tests.Running;

namespace Realtime.Web.Tests.Rooms;

/// <summary>The contract's clauses on who is in which room, on one node.</summary>
[Collection(nameof(RunningApp))]
public sealed class MembershipContractSpec(RunningApp app)
{
    private static readonly EventName News = EventName.Parse("news");
    private static readonly EventName Marker = EventName.Parse("marker");

    private readonly IRooms _rooms = app.Services.GetRequiredService<IRooms>();

    [Fact]
    public async Task Nothing_is_queued_for_those_who_join_later()
    {
        var room = Room();
        await _rooms.BroadcastAsync(room, News, "too early");
        await _rooms.BlastAsync(News, "\"too early\""u8.ToArray());
        await using var ann = await app.ConnectAsync("news", "marker");
        await ann.InvokeAsync("Join", room.Value);
        await _rooms.BroadcastAsync(room, Marker, 1);
        Assert.Equal("marker", (await ann.Inbox.NextAsync()).Event);
    }

    [Fact]
    public async Task Who_leaves_a_room_that_it_is_not_in_changes_nothing()
    {
        var room = Room();
        var (ann, bob) = (await app.ConnectSocketAsync("news"), await app.ConnectSocketAsync());
        await using (ann.Client)
        await using (bob.Client)
        {
            await ann.Client.InvokeAsync("Join", room.Value);
            await bob.Client.InvokeAsync("Leave", room.Value);
            await _rooms.LeaveAsync(SocketId.Parse(bob.Socket), room);
            using var answer = await app.Http.DeleteAsync(Path($"/api/rooms/{room}/members/{bob.Socket}"));
            Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
            Assert.Equal(1, (await _rooms.BroadcastAsync(room, News, "still here")).Members);
            Assert.Equal("still here", (string)(await ann.Client.Inbox.NextAsync()).Data!);
        }
    }

    [Fact]
    public async Task A_client_that_says_goodbye_and_comes_again_is_a_new_socket_in_its_own_room_only()
    {
        var room = Room();
        var first = await app.ConnectSocketAsync();
        await first.Client.InvokeAsync("Join", room.Value);
        await first.Client.DisposeAsync();
        await Eventually.HoldsAsync(async () => Assert.Equal(0, (await _rooms.DescribeAsync(room)).Members), DotNetClient.GoneWithin);
        var second = await app.ConnectSocketAsync("news");
        await using (second.Client)
        {
            Assert.NotEqual(first.Socket, second.Socket);
            Assert.Empty((await second.Client.InvokeAsync("Rooms"))!.AsArray());
            Assert.Equal(0, (await _rooms.BroadcastAsync(RoomName.Parse(first.Socket), News, 1)).Members);
            Assert.Equal(1, (await _rooms.BroadcastAsync(RoomName.Parse(second.Socket), News, 1)).Members);
        }
    }

    [Fact]
    public async Task A_socket_is_in_as_many_rooms_as_server_code_puts_it_also_in_those_that_clients_may_not_join()
    {
        var (ann, id) = await app.ConnectSocketAsync();
        await using (ann)
        {
            RoomName[] many = [.. Enumerable.Range(0, 300).Select(_ => Room()), RoomName.Parse($"servers:{Guid.NewGuid():n}")];
            await Task.WhenAll(many.Select(room => _rooms.JoinAsync(SocketId.Parse(id), room)));
            Assert.Equal(many.Select(room => room.Value).Order(), (await ann.InvokeAsync("Rooms"))!.AsArray().Select(name => (string)name!).Order());
        }
    }

    [Fact]
    public async Task Nobody_is_told_who_comes_or_goes_or_is_moved_where_members_are_not_known_to_each_other()
    {
        var (room, other) = (Room(), Room());
        await using var ann = await app.ConnectAsync("$presence", "message", "marker");
        var (bob, bobId) = await app.ConnectSocketAsync();
        await using (bob)
        {
            await ann.InvokeAsync("Join", room.Value);
            await bob.InvokeAsync("Join", room.Value);
            await _rooms.AddMembersToRoomsAsync(room, [other]);
            await _rooms.RemoveMembersFromRoomsAsync(room, [other]);
            await bob.InvokeAsync("Leave", room.Value);
            await _rooms.JoinAsync(SocketId.Parse(bobId), room);
        }
        var receipt = await _rooms.BroadcastAsync(room, Marker, 1);
        Assert.Equal(1, receipt.Seq);
        Assert.Equal("marker", (await ann.Inbox.NextAsync()).Event);
    }

    /// <summary>Where Sails is silent, the caller is told: as R-12 recommends.</summary>
    [Theory]
    [InlineData("nobody", HttpStatusCode.BadRequest, ErrorCodes.InvalidSocket)]
    [InlineData("null", HttpStatusCode.BadRequest, ErrorCodes.InvalidSocket)]
    [InlineData("7", HttpStatusCode.BadRequest, ErrorCodes.InvalidSocket)]
    [InlineData("0badbad0.AAAAAAAAAAAAAAAA", HttpStatusCode.NotFound, ErrorCodes.UnknownSocket)]
    public async Task A_reference_to_no_socket_is_refused_and_changes_nothing(string socket, HttpStatusCode status, string code)
    {
        var room = Room();
        foreach (var method in (HttpMethod[])[HttpMethod.Put, HttpMethod.Delete])
        {
            using var request = new HttpRequestMessage(method, Path($"/api/rooms/{room}/members/{socket}"));
            using var answer = await app.Http.SendAsync(request);
            Assert.Equal((status, code), (answer.StatusCode, (string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["code"]));
        }
        Assert.Equal(0, (await _rooms.DescribeAsync(room)).Members);
    }

    [Fact]
    public async Task Several_sockets_join_and_leave_several_rooms_at_once()
    {
        RoomName[] rooms = [Room(), Room()];
        var (ann, bob) = (await app.ConnectSocketAsync(), await app.ConnectSocketAsync());
        await using (ann.Client)
        await using (bob.Client)
        {
            SocketId[] sockets = [SocketId.Parse(ann.Socket), SocketId.Parse(bob.Socket)];
            Assert.Equal([rooms[0].Value, rooms[1].Value, rooms[0].Value, rooms[1].Value], (await _rooms.JoinAsync(sockets, rooms)).Select(place => place.Room));
            Assert.Equal((2, 2, 0), await CountsAsync(rooms[0], rooms[1], Room()));
            await _rooms.LeaveAsync([sockets[0]], rooms);
            Assert.Equal((1, 1, 0), await CountsAsync(rooms[0], rooms[1], Room()));

            var body = new { sockets = new[] { ann.Socket, bob.Socket }, rooms = rooms.Select(room => room.Value) };
            Assert.Equal((HttpStatusCode.NoContent, null), await PostAsync("/api/join", body));
            Assert.Equal((2, 2, 0), await CountsAsync(rooms[0], rooms[1], Room()));
            Assert.Equal((HttpStatusCode.NoContent, null), await PostAsync("/api/leave", body));
            Assert.Equal((0, 0, 0), await CountsAsync(rooms[0], rooms[1], Room()));
        }
    }

    [Fact]
    public async Task Of_several_one_that_cannot_be_is_told_and_one_that_is_nowhere_keeps_nobody_else_out()
    {
        var room = Room();
        var (ann, id) = await app.ConnectSocketAsync();
        await using (ann)
        {
            foreach (var (sockets, rooms, code) in (((string[], string[], string)[])[
                ([id, "7"], [room.Value], ErrorCodes.InvalidSocket), ([], [room.Value], ErrorCodes.InvalidSocket),
                ([id], [room.Value, ""], ErrorCodes.InvalidRoom), ([id], [], ErrorCodes.InvalidRoom), ([id], [room.Value, id], ErrorCodes.InvalidRoom),
                ([.. Enumerable.Range(0, 200).Select(_ => SocketId.New(SocketId.Parse(id).Birthplace).Value)], [.. Enumerable.Range(0, 51).Select(_ => Room().Value)], ErrorCodes.InvalidRequest)]))
            {
                Assert.Equal((HttpStatusCode.BadRequest, code), await PostAsync("/api/join", new { sockets, rooms }));
            }
            Assert.Equal(0, (await _rooms.DescribeAsync(room)).Members);
            Assert.Equal((HttpStatusCode.NotFound, ErrorCodes.UnknownSocket),
                await PostAsync("/api/join", new { sockets = new[] { "0badbad0.AAAAAAAAAAAAAAAA", id }, rooms = new[] { room.Value } }));
            Assert.Equal(1, (await _rooms.DescribeAsync(room)).Members);
        }
    }

    [Fact]
    public async Task A_join_is_in_effect_when_it_completes()
    {
        var (ann, id) = await app.ConnectSocketAsync("news");
        await using (ann)
        {
            for (var round = 0; round < 50; round++)
            {
                var room = Room();
                var place = await _rooms.JoinAsync(SocketId.Parse(id), room);
                var receipt = await _rooms.BroadcastAsync(room, News, round);
                Assert.Equal((place.Epoch, place.Seq + 1, 1), (receipt.Epoch, receipt.Seq, receipt.Members));
                Assert.Equal(round, (int)(await ann.Inbox.NextAsync()).Data!);
            }
        }
    }

    [Fact]
    public async Task Members_are_copied_once_stay_where_they_were_and_may_leave_the_room_itself()
    {
        var (source, one, two) = (Room(), Room(), Room());
        await using var ann = await app.ConnectAsync();
        await using var bob = await app.ConnectAsync();
        await ann.InvokeAsync("Join", source.Value);
        Assert.Equal(1, await _rooms.AddMembersToRoomsAsync(source, [one, two]));
        await bob.InvokeAsync("Join", source.Value);
        Assert.Equal((2, 1, 1), await CountsAsync(source, one, two));
        Assert.Equal(2, await _rooms.RemoveMembersFromRoomsAsync(source, [source, one]));
        Assert.Equal((0, 0, 1), await CountsAsync(source, one, two));
    }

    [Fact]
    public async Task A_list_of_rooms_with_one_that_cannot_be_is_refused_as_a_whole() // here nothing is skipped in silence
    {
        var (source, good) = (Room(), Room());
        await using var ann = await app.ConnectAsync();
        await ann.InvokeAsync("Join", source.Value);
        foreach (var verb in (string[])["add-to", "remove-from"])
        {
            foreach (var rooms in (object?[])[new object?[] { good.Value, 7 }, new object?[] { good.Value, null }, new object?[] { good.Value, "" }, good.Value, null])
            {
                using var answer = await app.Http.PostAsJsonAsync(Path($"/api/rooms/{source}/members/{verb}"), new { rooms });
                Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            }
        }
        Assert.Equal(0, (await _rooms.DescribeAsync(good)).Members);
    }

    [Fact]
    public async Task A_socket_id_as_source_means_that_one_socket()
    {
        var (source, target) = (Room(), Room());
        var (ann, annId) = await app.ConnectSocketAsync();
        await using var bob = await app.ConnectAsync();
        await using (ann)
        {
            await ann.InvokeAsync("Join", source.Value);
            await bob.InvokeAsync("Join", source.Value);
            Assert.Equal(1, await _rooms.AddMembersToRoomsAsync(RoomName.Parse(annId), [target]));
            Assert.Equal(annId, Assert.Single((await _rooms.MembersAsync(target)).Members).SocketId);
            Assert.Equal(1, await _rooms.LeaveAllAsync(RoomName.Parse(annId)));
            Assert.Equal((1, 0, 0), await CountsAsync(source, target, Room()));
        }
    }

    [Fact]
    public async Task An_empty_source_is_no_error()
    {
        Assert.Equal(0, await _rooms.AddMembersToRoomsAsync(Room(), [Room()]));
        Assert.Equal(0, await _rooms.RemoveMembersFromRoomsAsync(Room(), [Room()]));
        Assert.Equal(0, await _rooms.LeaveAllAsync(Room()));
    }

    [Fact]
    public async Task Who_is_made_to_leave_everything_hears_of_no_model_any_more_and_is_reached_by_its_id()
    {
        var (room, other, model) = (Room(), Room(), $"model{Guid.NewGuid():n}");
        var (ann, id) = await app.ConnectSocketAsync("news", "marker", model);
        await using (ann)
        {
            await ann.InvokeAsync("Join", room.Value);
            await ann.InvokeAsync("Join", other.Value);
            await ann.InvokeAsync("Watch", model);
            await ann.InvokeAsync("Subscribe", model, new object[] { 7 });
            await PublishAsync(model);
            Assert.Equal([model, model], (await ann.Inbox.NextAsync(2)).Select(received => received.Event));

            using (var left = await app.Http.PostAsync(Path($"/api/rooms/{room}/members/leave-all"), null))
                Assert.Equal(1, (int)JsonNode.Parse(await left.Content.ReadAsStringAsync())!["sockets"]!);
            Assert.Empty((await ann.InvokeAsync("Rooms"))!.AsArray());
            await PublishAsync(model);
            await _rooms.BroadcastAsync(other, News, 1);
            Assert.Equal(1, (await _rooms.BroadcastAsync(RoomName.Parse(id), Marker, 1)).Members);
            Assert.Equal("marker", (await ann.Inbox.NextAsync()).Event);
        }
    }

    [Fact]
    public async Task One_socket_is_made_to_leave_everything()
    {
        var room = Room();
        var (ann, id) = await app.ConnectSocketAsync();
        await using var bob = await app.ConnectAsync();
        await using (ann)
        {
            await ann.InvokeAsync("Join", room.Value);
            await bob.InvokeAsync("Join", room.Value);
            using var answer = await app.Http.DeleteAsync(Path($"/api/sockets/{id}/rooms"));
            Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
            Assert.Empty((await ann.InvokeAsync("Rooms"))!.AsArray());
            Assert.Equal(1, (await _rooms.DescribeAsync(room)).Members);
        }
    }

    private async Task<(HttpStatusCode, string?)> PostAsync(string path, object body)
    {
        using var answer = await app.Http.PostAsJsonAsync(Path(path), body);
        var text = await answer.Content.ReadAsStringAsync();
        return (answer.StatusCode, text.Length == 0 ? null : (string?)JsonNode.Parse(text)!["code"]);
    }

    private async Task PublishAsync(string model)
    {
        foreach (var body in (object[])[new { data = new { verb = "created" } }, new { ids = new[] { 7 }, verb = "updated", data = new { verb = "updated", id = 7 } }])
        {
            using var answer = await app.Http.PostAsJsonAsync(Path($"/api/topics/{model}/publish"), body);
            Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        }
    }

    private async Task<(int, int, int)> CountsAsync(RoomName one, RoomName two, RoomName three) =>
        ((await _rooms.DescribeAsync(one)).Members, (await _rooms.DescribeAsync(two)).Members, (await _rooms.DescribeAsync(three)).Members);

    private static RoomName Room() => RoomName.Parse($"contract-{Guid.NewGuid():n}");

    private static Uri Path(string path) => new(path, UriKind.Relative);
}
