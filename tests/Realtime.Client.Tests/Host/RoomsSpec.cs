using System.Text.Json.Nodes;
using Realtime.Client.Rooms;
using Realtime.Client.Tests.Support;

namespace Realtime.Client.Tests.Host;

/// <summary>Rooms, at the real Host.</summary>
[Collection(nameof(RunningHost))]
public sealed class RoomsSpec(RunningHost fixture)
{
    private readonly HostProcess _host = fixture.Process;
    private readonly string _name = Clients.AnyRoom();

    [Fact]
    public async Task A_broadcast_reaches_who_has_joined_and_nobody_else()
    {
        await using var member = await Clients.ConnectAsync(_host.Url);
        await using var other = await Clients.ConnectAsync(_host.Url);
        var (heard, nothing, marker) = (new Heard<Greeting>(), new Heard<Greeting>(), new Heard<int>());
        using var one = member.Room(_name).On<Greeting>("hello", heard.Add);
        using var two = other.Room(_name).On<Greeting>("hello", nothing.Add);
        using var end = other.On<int>("end", marker.Add);
        var joined = await member.Room(_name).JoinAsync();
        Assert.Equal((_name, 1), (joined.Room, joined.Members));
        await _host.BroadcastAsync(_name, "hello", new JsonObject { ["text"] = "from a server" });
        var receipt = await other.Room(_name).BroadcastAsync("hello", new Greeting("from a client"));
        Assert.Equal((_name, joined.Epoch, 2, 1), (receipt.Room, receipt.Epoch, receipt.Seq, receipt.Members));
        Assert.Equal([new("from a server"), new("from a client")], await heard.WhenAsync(2));
        await member.SendAsync(other.SocketId!, "end", 1);
        await marker.WhenAsync(1);
        Assert.Empty(nothing.Items);
    }

    [Fact]
    public async Task A_stream_has_what_is_said_with_its_place()
    {
        await using var client = await Clients.ConnectAsync(_host.Url);
        var room = client.Room(_name);
        var stream = room.Events<int>();
        var joined = await room.JoinAsync();
        await room.BroadcastAsync("n", 1);
        await room.BroadcastAsync("typing", 2, transient: true);
        await room.BroadcastAsync("n", 3);
        var said = new List<RoomEvent<int>>();
        using var patience = new CancellationTokenSource(Eventually.Patience);
        await foreach (var it in stream.WithCancellation(patience.Token))
        {
            said.Add(it);
            if (said.Count == 3)
                break;
        }
        Assert.Equal(
            [new("n", 1, new(joined.Epoch, 1), false), new("typing", 2, null, false), new RoomEvent<int>("n", 3, new(joined.Epoch, 2), false)], said);
    }

    [Fact]
    public async Task A_room_that_was_left_is_silent()
    {
        await using var client = await Clients.ConnectAsync(_host.Url);
        var (room, heard) = (client.Room(_name), new Heard<int>());
        using var on = room.On<int>("n", heard.Add);
        await room.JoinAsync();
        Assert.Equal([client.SocketId], (await room.MembersAsync()).Members.Select(member => member.SocketId));
        await room.LeaveAsync();
        Assert.Empty((await room.MembersAsync()).Members);
        await _host.BroadcastAsync(_name, "n", 1);
        await room.JoinAsync();
        await _host.BroadcastAsync(_name, "n", 2);
        Assert.Equal([2], await heard.WhenAsync(1));
    }

    [Fact]
    public async Task History_tells_what_was_said_before()
    {
        await using var client = await Clients.ConnectAsync(_host.Url);
        for (var number = 0; number < 5; number++)
            await _host.BroadcastAsync(_name, "n", number);
        var all = await client.Room(_name).HistoryAsync();
        Assert.Equal((true, false, 5L), (all.Complete, all.More, all.Seq));
        Assert.Equal([0, 1, 2, 3, 4], all.Messages.Select(message => message.Data.GetInt32()));
        var rest = await client.Room(_name).HistoryAsync(new(all.Epoch, 3));
        Assert.Equal([4L, 5L], rest.Messages.Select(message => message.Seq));
    }

    [Fact]
    public async Task Members_of_a_room_with_presence_know_each_other()
    {
        await using var ann = await Clients.ConnectAsync(_host.Url);
        await using var bob = await Clients.ConnectAsync(_host.Url);
        var (name, rosters, changes) = ($"chat/{_name}", new Heard<string>(), new Heard<PresenceChange<Person>>());
        await ann.Room(name).JoinAsync(new Person("Ann"));
        using var roster = ann.Room(name).Roster<Person>(all => rosters.Add(string.Join("+", all.Select(one => one.Data!.Name).Order())));
        await rosters.WhenAsync(all => all is [.., "Ann"], "Ann alone");
        var reading = ReadAsync();
        await bob.Room(name).JoinAsync(new Person("Bob"));
        await rosters.WhenAsync(all => all[^1] == "Ann+Bob", "both");
        await bob.Room(name).JoinAsync(new Person("Robert"));
        await rosters.WhenAsync(all => all[^1] == "Ann+Robert", "another name");
        Assert.Equal([ann.SocketId, bob.SocketId], (await bob.Room(name).PresenceAsync<Person>()).Members.OrderBy(it => it.Data!.Name).Select(it => it.SocketId));
        await bob.Room(name).LeaveAsync();
        await rosters.WhenAsync(all => all[^1] == "Ann", "Ann alone again");
        await reading;
        Assert.Equal("Bob", Assert.Single(changes.Items[0].Joined).Data!.Name);
        Assert.Equal("Robert", Assert.Single(changes.Items[1].Updated).Data!.Name);
        Assert.Equal(bob.SocketId, Assert.Single(changes.Items[2].Left).SocketId);

        async Task ReadAsync()
        {
            using var patience = new CancellationTokenSource(Eventually.Patience);
            await foreach (var change in ann.Room(name).PresenceChanges<Person>().WithCancellation(patience.Token))
            {
                changes.Add(change);
                if (changes.Count == 3)
                    break;
            }
        }
    }

    [Fact]
    public async Task A_refusal_comes_with_its_code()
    {
        await using var client = await Clients.ConnectAsync(_host.Url);
        Assert.Equal("invalid_room", (await Fails(client.Room(new string('x', 300)).JoinAsync())).Code);
        Assert.Equal("invalid_event", (await Fails(client.Room(_name).BroadcastAsync("connect", 1))).Code);
        Assert.Equal("no_presence", (await Fails(client.Room(_name).PresenceAsync<Person>())).Code);
    }

    [Fact]
    public async Task Who_disconnects_has_left_at_once_and_who_connects_again_has_joined_again()
    {
        await using var client = await Clients.ConnectAsync(_host.Url);
        await client.Room(_name).JoinAsync();
        var before = client.SocketId;
        await client.DisconnectAsync();
        await Eventually.TrueAsync(async () => (await _host.MembersAsync(_name)).Count == 0);
        await client.ConnectAsync();
        Assert.NotEqual(before, client.SocketId);
        Assert.Equal([client.SocketId!], await _host.MembersAsync(_name));
    }

    private static Task<RealtimeClientException> Fails(Task task) => Assert.ThrowsAsync<RealtimeClientException>(() => task);

    private sealed record Greeting(string Text);

    private sealed record Person(string Name);
}
