using Akka.Actor;
using Realtime.Actors;
using Realtime.Actors.Sessions;
using Realtime.Actors.Tests.Support;
using Realtime.Testing;

namespace Realtime.Cluster.Tests;

/// <summary>
/// The contract's operations on rooms, each called on one node for sockets on the others. Each has taken effect everywhere when it
/// completes (M-2, M-6, and M-7 as it recommends), so nothing here waits for anything but for what a socket hears.
/// </summary>
public sealed class OperationsSpec(ThreeNodes three) : IClassFixture<ThreeNodes>, IAsyncLifetime
{
    private static readonly EventName News = EventName.Parse("news");
    private static readonly byte[] Data = "1"u8.ToArray();

    private readonly SocketId[] _sockets = [.. three.Nodes.Select(node => SocketId.New(node.Nodes.Self))];
    private readonly FakeTransport[] _heard = [.. three.Nodes.Select(_ => new FakeTransport())];

    public async Task InitializeAsync()
    {
        for (var i = 0; i < 3; i++)
            await three.Nodes[i].OpenAsync(_sockets[i], _heard[i]);
    }

    public async Task DisposeAsync()
    {
        foreach (var socket in _sockets)
        {
            try
            {
                await three.Nodes[0].Sockets.DisconnectAsync(socket);
            }
            catch (RealtimeException gone) when (gone.Code == ErrorCodes.UnknownSocket)
            {
                // The test has disconnected it.
            }
        }
    }

    [Fact]
    public async Task A_socket_of_another_node_joins_and_leaves_by_its_id() // M-2
    {
        var room = Room();
        Assert.Equal(1, (await three.Nodes[0].Operations.JoinAsync(_sockets[1], room)).Members);
        Assert.Equal(1, (await three.Nodes[2].Operations.BroadcastAsync(room, News, Data)).Members);
        await three.Nodes[2].Operations.LeaveAsync(_sockets[1], room);
        Assert.Equal(0, (await three.Nodes[0].Operations.BroadcastAsync(room, News, Data)).Members);
        await MarkAsync(1);
        Assert.Equal([$"{room}:1", "direct:marker"], _heard[1].Lines);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_node_that_is_going_and_does_not_answer_keeps_nobody_from_a_socket_elsewhere(bool wasBornThere)
    {
        var (nodes, going) = (three.Nodes[0].Nodes, new NodeId(0x7fffffff));
        nodes.Add(going, Address.Parse("akka.tcp://realtime@127.0.0.1:1"), isWeb: true);
        try
        {
            var socket = SocketId.New(wasBornThere ? going : new NodeId(0x7ffffffe)); // or on one that has gone
            await three.Nodes[1].OpenAsync(socket, new FakeTransport());
            Assert.Equal(1, (await three.Nodes[0].Operations.JoinAsync(socket, Room())).Members);
            await three.Nodes[0].Sockets.DisconnectAsync(socket);
        }
        finally
        {
            nodes.Remove(going);
        }
    }

    [Fact]
    public async Task Members_of_all_nodes_are_added_to_a_room_and_hear_what_is_said_at_once() // M-7
    {
        var (source, target) = (await JoinAllAsync(), Room());
        Assert.Equal(3, await three.Nodes[0].Operations.AddMembersToRoomsAsync(source, [target]));
        Assert.Equal(3, (await three.Nodes[1].Operations.BroadcastAsync(target, News, Data)).Members);
        for (var i = 0; i < 3; i++)
            await HearsAsync(i, $"{target}:1");
    }

    [Fact]
    public async Task Members_of_all_nodes_leave_rooms_and_everything() // M-2
    {
        var (source, target) = (await JoinAllAsync(), Room());
        await three.Nodes[0].Operations.AddMembersToRoomsAsync(source, [target]);
        Assert.Equal(3, await three.Nodes[1].Operations.RemoveMembersFromRoomsAsync(source, [target]));
        Assert.Equal(0, (await three.Nodes[2].Operations.BroadcastAsync(target, News, Data)).Members);
        Assert.Equal(3, await three.Nodes[2].Operations.LeaveAllAsync(source));
        Assert.Equal(0, (await three.Nodes[0].Operations.BroadcastAsync(source, News, Data)).Members);
        for (var i = 0; i < 3; i++)
        {
            await MarkAsync(i); // its own room it keeps
            Assert.Equal(["direct:marker"], _heard[i].Lines);
        }
    }

    [Fact]
    public async Task A_broadcast_to_several_rooms_reaches_each_socket_of_each_node_once_but_for_the_omitted_one() // M-2
    {
        var (one, two) = (await JoinAllAsync(), await JoinAllAsync());
        var receipts = await three.Nodes[0].Operations.BroadcastAsync([one, two], News, Data, omit: _sockets[2]);
        Assert.Equal([2, 2], receipts.Select(receipt => receipt.Members));
        var marker = Room();
        for (var i = 0; i < 3; i++)
            await three.Nodes[0].Operations.JoinAsync(_sockets[i], marker);
        await three.Nodes[1].Operations.BroadcastAsync(one, News, Data);
        await three.Nodes[1].Operations.BroadcastAsync(two, News, Data);
        await HearsAsync(2, $"{one}:2", $"{two}:2");
        for (var i = 0; i < 2; i++)
        {
            await Eventually.HoldsAsync(() => Holds(() => Assert.Equal(3, _heard[i].Lines.Length)));
            Assert.Single(_heard[i].Lines, line => line.EndsWith(":1", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_blast_reaches_every_node_but_not_the_omitted_socket() // R-38, M-2
    {
        Assert.Equal(2, await three.Nodes[0].Operations.BlastAsync(News, Data, omit: _sockets[1]));
        await HearsAsync(0, "direct:news");
        await HearsAsync(2, "direct:news");
        await MarkAsync(1);
        Assert.Equal(["direct:marker"], _heard[1].Lines);
    }

    [Fact]
    public async Task A_socket_is_reached_by_its_id_from_every_node_also_after_it_has_moved() // M-3
    {
        var room = RoomName.Parse(_sockets[1].Value);
        foreach (var node in three.Nodes)
            Assert.Equal(1, (await node.Operations.BroadcastAsync(room, News, Data)).Members);
        Assert.Equal(["direct:news", "direct:news", "direct:news"], _heard[1].Lines);

        var moved = new FakeTransport();
        await three.Nodes[2].Sessions.Ask<SessionResumed>(
            new ResumeSession(_sockets[1], moved, new Dictionary<FeedId, Position>()), TimeSpan.FromSeconds(20));
        foreach (var node in three.Nodes)
            Assert.Equal(1, (await node.Operations.BroadcastAsync(room, News, Data)).Members);
        Assert.Equal(["direct:news", "direct:news", "direct:news"], moved.Lines);
        Assert.Equal(3, _heard[1].Lines.Length);
    }

    [Fact]
    public async Task A_socket_of_another_node_is_described_and_disconnected()
    {
        var room = await JoinAllAsync();
        var found = await three.Nodes[0].Sockets.DescribeAsync(_sockets[1]);
        Assert.Equal((three.Nodes[1].Nodes.Self.ToString(), room.Value), (found.Node, Assert.Single(found.Rooms)));
        await three.Nodes[2].Sockets.SendAsync(_sockets[1], News, Data);
        Assert.Equal(["direct:news"], _heard[1].Lines);
        await three.Nodes[2].Sockets.DisconnectAsync(_sockets[1]);
        Assert.NotNull(_heard[1].Closed);
        await Eventually.HoldsAsync(async () => Assert.Equal(2, (await three.Nodes[0].Operations.DescribeAsync(room)).Members));
        var refused = await Assert.ThrowsAsync<RealtimeException>(() => three.Nodes[0].Operations.JoinAsync(_sockets[1], room));
        Assert.Equal(ErrorCodes.UnknownSocket, refused.Code);
    }

    [Fact]
    public async Task Rooms_and_members_of_all_nodes_are_listed_on_each()
    {
        var room = await JoinAllAsync();
        foreach (var node in three.Nodes)
        {
            Assert.Equal([room.Value], (await node.Operations.ListAsync(room.Value)).Rooms);
            Assert.Equal(_sockets.Select(socket => socket.Value).Order(StringComparer.Ordinal), (await node.Operations.MembersAsync(room)).Members.Select(member => member.SocketId));
        }
    }

    private async Task<RoomName> JoinAllAsync()
    {
        var room = Room();
        for (var i = 0; i < 3; i++)
            await three.Nodes[(i + 1) % 3].Operations.JoinAsync(_sockets[i], room);
        return room;
    }

    // What comes after this has come after all that was said to it before.
    private async Task MarkAsync(int socket)
    {
        Assert.Equal(1, (await three.Nodes[socket].Operations.BroadcastAsync(RoomName.Parse(_sockets[socket].Value), EventName.Parse("marker"), Data)).Members);
        await Eventually.HoldsAsync(() => Holds(() => Assert.Contains("direct:marker", _heard[socket].Lines)));
    }

    private Task HearsAsync(int socket, params string[] lines) =>
        Eventually.HoldsAsync(() => Holds(() => Assert.Equal(lines.Order(), _heard[socket].Lines.Order())));

    private static Task Holds(Action assertion)
    {
        assertion();
        return Task.CompletedTask;
    }

    private static RoomName Room() => RoomName.Parse($"room-{Guid.NewGuid():n}");
}
