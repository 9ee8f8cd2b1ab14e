using Akka.Actor;
using Akka.Cluster.Sharding;
using Realtime.Actors.Cluster;
using Realtime.Actors.Sessions;
using Realtime.Actors.Tests.Support;
using Realtime.Testing;

namespace Realtime.Cluster.Tests;

/// <summary>A node that takes connections and holds no rooms, beside two that hold rooms and take no connections.</summary>
public sealed class RolesSpec : IAsyncLifetime, IDisposable
{
    private static readonly EventName News = EventName.Parse("news");

    private readonly ThreeNodes _three = new() { Roles = [[Roles.Room], [Roles.Room], [Roles.Web]] };
    private readonly RoomName _room = RoomName.Parse($"room-{Guid.NewGuid():n}");
    private readonly FakeTransport _heard = new();
    private SocketId _socket;

    private ClusterNode Web => _three.Nodes[^1];

    public async Task InitializeAsync()
    {
        await _three.InitializeAsync();
        _socket = SocketId.New(Web.Nodes.Self);
        await Web.OpenAsync(_socket, _heard);
    }

    public Task DisposeAsync() => _three.DisposeAsync();

    public void Dispose() => _three.Dispose();

    [Fact]
    public async Task Every_node_operates_on_the_sockets_of_one_and_the_rooms_of_the_others() // M-2
    {
        var lines = new List<string>();
        await _three.Nodes[0].Operations.JoinAsync(_socket, _room);
        foreach (var node in _three.Nodes)
        {
            Assert.Equal(1, (await node.Operations.BroadcastAsync(_room, News, "1"u8.ToArray())).Members);
            lines.Add($"{_room}:{lines.Count + 1}");
            Assert.Equal([_room.Value], (await node.Operations.ListAsync(_room.Value)).Rooms);
            Assert.Equal([_socket.Value], (await node.Operations.MembersAsync(_room)).Members.Select(member => member.SocketId));
            Assert.Equal([_room.Value], (await node.Sockets.DescribeAsync(_socket)).Rooms);
        }
        await Eventually.HoldsAsync(() =>
        {
            Assert.Equal(lines, _heard.Lines);
            return Task.CompletedTask;
        });
        foreach (var node in _three.Nodes)
            Assert.Equal(1, await node.Operations.BlastAsync(News, "1"u8.ToArray()));
        await _three.Nodes[1].Operations.LeaveAllAsync(_socket);
        Assert.Equal(0, (await Web.Operations.DescribeAsync(_room)).Members);
    }

    [Fact]
    public async Task Rooms_are_on_nodes_of_rooms_only_and_outlive_one_of_them()
    {
        var rooms = Enumerable.Range(0, 20).Select(i => RoomName.Parse($"{_room}-{i}")).ToArray();
        await Web.Operations.JoinAsync([_socket], rooms);
        var (leaving, staying) = (_three.Nodes[1], _three.Nodes[0]);
        Assert.Equal(20, await AwakeAsync(leaving) + await AwakeAsync(staying));
        await leaving.DisposeAsync();
        _three.Nodes.Remove(leaving);
        Assert.All(await Task.WhenAll(rooms.Select(room => Eventually.GetAsync(async () => await Web.Operations.BroadcastAsync(room, News, "1"u8.ToArray())))),
            receipt => Assert.Equal(1, receipt.Members));
        Assert.Equal(20, await AwakeAsync(staying));
    }

    private static async Task<int> AwakeAsync(ClusterNode node) =>
        (await node.Rooms.Ask<CurrentShardRegionState>(GetShardRegionState.Instance, TimeSpan.FromSeconds(5))).Shards.Sum(shard => shard.EntityIds.Count);
}
