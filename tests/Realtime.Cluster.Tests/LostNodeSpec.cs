using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.Configuration;
using Realtime.Actors;
using Realtime.Actors.Sessions;
using Realtime.Actors.Tests.Support;
using Realtime.Testing;

namespace Realtime.Cluster.Tests;

/// <summary>Operations on sockets while a node is dead: before the others agree on that, and after.</summary>
public sealed class LostNodeSpec : IAsyncLifetime, IDisposable
{
    private static readonly EventName News = EventName.Parse("news");

    // The others do not give it up by themselves, and nobody's time is over in this spec.
    private readonly ThreeNodes _three = new()
    {
        Window = TimeSpan.FromMinutes(10),
        More = ConfigurationFactory.ParseString("akka.cluster.split-brain-resolver.stable-after = 10 minutes"),
    };

    private List<ClusterNode> Nodes => _three.Nodes;

    public Task InitializeAsync() => _three.InitializeAsync();

    public Task DisposeAsync() => _three.DisposeAsync();

    public void Dispose() => _three.Dispose();

    [Fact]
    public async Task A_socket_that_has_moved_is_reached_though_the_node_it_was_born_on_does_not_answer()
    {
        var (socket, moved) = (SocketId.New(Nodes[1].Nodes.Self), new FakeTransport());
        await Nodes[1].OpenAsync(socket, new FakeTransport());
        await Nodes[2].Sessions.Ask<SessionResumed>(new ResumeSession(socket, moved, new Dictionary<FeedId, Position>()), TimeSpan.FromSeconds(20));
        var born = Nodes[1];
        await born.CrashAsync();
        await Eventually.TrueAsync(() => Task.FromResult(Nodes[0].Cluster.State.Unreachable.Count == 1));

        await Nodes[0].Sockets.SendAsync(socket, News, "1"u8.ToArray());
        Assert.Equal(["direct:news"], moved.Lines);
        Assert.Equal(Nodes[2].Nodes.Self.ToString(), (await Nodes[0].Sockets.DescribeAsync(socket)).Node);
        // Nobody can say that this one is nowhere.
        var refused = await Assert.ThrowsAsync<RealtimeException>(() => Nodes[0].Sockets.DescribeAsync(SocketId.New(born.Nodes.Self)));
        Assert.Equal(ErrorCodes.Unavailable, refused.Code);
    }

    [Fact]
    public async Task A_socket_that_may_still_come_back_from_a_lost_node_is_made_to_leave() // R-15, M-2
    {
        var (socket, other) = (SocketId.New(Nodes[1].Nodes.Self), SocketId.New(Nodes[1].Nodes.Self));
        foreach (var each in (SocketId[])[socket, other])
            await Nodes[1].OpenAsync(each, new FakeTransport());
        var room = await JoinElsewhereAsync(Nodes[1], socket, other);
        var (lost, staying) = (Nodes[1], new[] { Nodes[0], Nodes[2] });
        var address = lost.Cluster.SelfAddress;
        await lost.CrashAsync();
        staying[0].Cluster.Down(address);
        await ThreeNodes.AllUpAsync(staying);

        await Eventually.HoldsAsync(async () => Assert.Equal(2, (await staying[0].Operations.DescribeAsync(room)).Members));
        await staying[0].Operations.LeaveAsync(socket, room);
        Assert.Equal([other.Value], (await staying[1].Operations.MembersAsync(room)).Members.Select(member => member.SocketId));
        var refused = await Assert.ThrowsAsync<RealtimeException>(() => staying[0].Operations.LeaveAsync(socket, room));
        Assert.Equal(ErrorCodes.UnknownSocket, refused.Code);
        Assert.Equal(1, await staying[0].Operations.RemoveMembersFromRoomsAsync(room, [room]));
        Assert.Equal(0, (await staying[1].Operations.DescribeAsync(room)).Members);
    }

    // A room that lived on the lost node itself would wait for a new place until the cluster is stable, which it never is here.
    private async Task<RoomName> JoinElsewhereAsync(ClusterNode lost, params SocketId[] sockets)
    {
        while (true)
        {
            var room = RoomName.Parse($"room-{Guid.NewGuid():n}");
            foreach (var socket in sockets)
                await Nodes[0].Operations.JoinAsync(socket, room);
            var there = await lost.Rooms.Ask<CurrentShardRegionState>(GetShardRegionState.Instance, TimeSpan.FromSeconds(20));
            if (!there.Shards.Any(shard => shard.EntityIds.Contains(room.Value)))
                return room;
        }
    }
}
