using System.Text;
using Akka.Actor;
using Akka.Cluster;
using Realtime.Actors.Rooms;
using Realtime.Actors.Sessions;
using Realtime.Actors.Tests.Support;
using Realtime.Testing;

namespace Realtime.Cluster.Tests;

/// <summary>Rooms while nodes come and go: what a cluster promises of order, memberships and recovery (M-8 to M-11).</summary>
public sealed class ThreeNodesSpec : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly ThreeNodes _three = new();
    private RoomName _room = Room("room");

    private List<ClusterNode> Nodes => _three.Nodes;

    public Task InitializeAsync() => _three.InitializeAsync();

    public Task DisposeAsync() => _three.DisposeAsync();

    public void Dispose() => _three.Dispose();

    [Fact]
    public async Task Members_on_allNodes_hear_everything_in_one_order_whoever_says_it()
    {
        var (_, transports) = await JoinEverywhereAsync();
        await Task.WhenAll(Nodes.Select(async node =>
        {
            for (var i = 0; i < 50; i++)
                await SayAsync(node);
        }));
        var expected = Enumerable.Range(1, 150).Select(seq => $"{_room}:{seq}").ToArray();
        foreach (var transport in transports)
            await Eventually.HoldsAsync(() => Holds(() => Assert.Equal(expected, transport.Lines)));
    }

    [Theory, InlineData("room"), InlineData("transient")]
    public async Task When_the_node_of_a_room_leaves_the_room_goes_on_elsewhere_and_nothing_is_missed(string kind)
    {
        _room = Room(kind);
        var (_, transports) = await JoinEverywhereAsync();
        var before = await SayAsync(Nodes[0]);
        var leaving = await HolderAsync();
        var staying = Nodes.Where(node => node != leaving).ToArray();
        var heard = transports[Nodes.IndexOf(staying[0])];
        await leaving.DisposeAsync();
        Nodes.Remove(leaving);
        await ThreeNodes.AllUpAsync(staying);
        var after = await SayAsync(staying[0]);
        Assert.Equal(before.Position.Next(), after.Position);
        await Eventually.HoldsAsync(() => Holds(() => Assert.Equal([$"{_room}:1", $"{_room}:2"], heard.Lines)));
    }

    [Theory, InlineData("room"), InlineData("transient")]
    public async Task When_the_node_of_a_room_dies_the_room_comes_back_with_its_members_and_loses_those_of_that_node_after_the_window(string kind)
    {
        _room = Room(kind);
        var (sockets, transports) = await JoinEverywhereAsync();
        await SayAsync(Nodes[0]);
        var dead = await HolderAsync();
        var gone = sockets[Nodes.IndexOf(dead)];
        var staying = Nodes.Where(node => node != dead).ToArray();
        var heard = transports[Nodes.IndexOf(staying[0])];
        var address = dead.Cluster.SelfAddress;
        await dead.CrashAsync();
        Nodes.Remove(dead);
        staying[0].Cluster.Down(address);
        await ThreeNodes.AllUpAsync(staying);
        await SayAsync(staying[1]);
        // Its numbers died with it: the members are told, and hear what is said from then on.
        await Eventually.HoldsAsync(() => Holds(() => Assert.Equal([$"{_room}:1", $"missed {_room}:0", $"{_room}:1"], heard.Lines)));
        await Eventually.HoldsAsync(async () =>
            Assert.Equal(sockets.Where(socket => socket != gone).Order(), await MembersAsync(staying[0])));
        await dead.DisposeAsync();
    }

    [Theory, InlineData("room"), InlineData("transient")]
    public async Task A_socket_resumes_on_another_node_and_gets_what_it_missed(string kind)
    {
        _room = Room(kind);
        var (sockets, transports) = await JoinEverywhereAsync();
        var seen = (await SayAsync(Nodes[0])).Position;
        await Eventually.HoldsAsync(() => Holds(() => Assert.Single(transports[1].Lines)));
        var old = await SessionAsync(1, sockets[1]);
        old.Tell(new ConnectionEnded(transports[1], IsGoodbye: false));
        await SayAsync(Nodes[0]);
        var second = new FakeTransport();
        var resumed = await Nodes[2].Sessions.Ask<SessionResumed>(
            new ResumeSession(sockets[1], second, new Dictionary<FeedId, Position> { [FeedId.Of(_room)] = seen }), TimeSpan.FromSeconds(20));
        Assert.True(Assert.Single(resumed.Feeds).Recovered);
        await SayAsync(Nodes[0]);
        await Eventually.HoldsAsync(() => Holds(() => Assert.Equal([$"{_room}:2", $"{_room}:3"], second.Lines)));
        Assert.Equal(sockets.Order(), await MembersAsync(Nodes[0]));
    }

    [Theory, InlineData("room"), InlineData("transient")]
    public async Task When_a_relay_fails_its_members_are_told_and_hear_what_is_said_from_then_on(string kind)
    {
        _room = Room(kind);
        var (sockets, transports) = await JoinEverywhereAsync();
        await SayAsync(Nodes[0]);
        var feed = FeedId.Of(_room);
        var epoch = (await SayAsync(Nodes[0])).Position.Epoch;
        await Eventually.HoldsAsync(() => Holds(() => Assert.Equal(2, transports[1].Lines.Length)));
        var relay = await Nodes[1].System.ActorSelection($"/user/{RelayRouting.ActorName(RelayRouting.IndexOf(feed))}").ResolveOne(Patience);
        relay.Tell(new Deliver(feed, epoch, null!)); // which no relay can stand
        await Eventually.HoldsAsync(() => Holds(() => Assert.Contains($"missed {_room}:2", transports[1].Lines)));
        await SayAsync(Nodes[0]);
        await Eventually.HoldsAsync(() => Holds(() => Assert.Equal([$"{_room}:1", $"{_room}:2", $"missed {_room}:2", $"{_room}:3"], transports[1].Lines)));
        await Eventually.HoldsAsync(() => Holds(() => Assert.Equal([$"{_room}:1", $"{_room}:2", $"{_room}:3"], transports[0].Lines)));
        Assert.Equal(sockets.Order(), await MembersAsync(Nodes[2]));
        Assert.Equal([_room.Value], await RoomsAsync(Nodes[1]));
    }

    [Fact]
    public async Task Every_node_can_list_the_rooms_of_all()
    {
        var sockets = Nodes.Select(node => SocketId.New(node.Nodes.Self)).ToArray();
        for (var i = 0; i < Nodes.Count; i++)
        {
            var session = await Nodes[i].OpenAsync(sockets[i], new FakeTransport());
            await session.Ask<Joined>(new JoinSocket(sockets[i], _room), TimeSpan.FromSeconds(30));
            await session.Ask<Joined>(new JoinSocket(sockets[i], RoomName.Parse($"{_room}:{i}")), TimeSpan.FromSeconds(30));
        }
        string[] all = [_room.Value, $"{_room}:0", $"{_room}:1", $"{_room}:2"];
        foreach (var node in Nodes)
            Assert.Equal(all, await RoomsAsync(node));
        (await SessionAsync(1, sockets[1])).Tell(new DisconnectSocket(sockets[1]));
        await Eventually.HoldsAsync(async () => Assert.Equal(all.Except([$"{_room}:1"]), await RoomsAsync(Nodes[0])));
    }

    private async Task<IEnumerable<string>> RoomsAsync(ClusterNode node)
    {
        var pages = await Task.WhenAll(node.Nodes.AllRelays().Select(one => one.Relay.Ask<RoomPage>(new ListRooms(_room.Value, null, 10), Patience)));
        return pages.SelectMany(page => page.Names).Distinct().Order(StringComparer.Ordinal);
    }

    private Task<IActorRef> SessionAsync(int node, SocketId socket) =>
        Nodes[node].System.ActorSelection($"/user/{SessionsActor.Name}/{socket}").ResolveOne(Patience);

    private static RoomName Room(string kind) => RoomName.Parse($"{kind}-{Guid.NewGuid():n}");

    private static Task Holds(Action assertion)
    {
        assertion();
        return Task.CompletedTask;
    }

    private async Task<(SocketId[] Sockets, FakeTransport[] Transports)> JoinEverywhereAsync()
    {
        var sockets = Nodes.Select(node => SocketId.New(node.Nodes.Self)).ToArray();
        var transports = Nodes.Select(_ => new FakeTransport()).ToArray();
        for (var i = 0; i < Nodes.Count; i++)
        {
            var session = await Nodes[i].OpenAsync(sockets[i], transports[i]);
            Assert.Equal(i + 1, (await session.Ask<Joined>(new JoinSocket(sockets[i], _room), TimeSpan.FromSeconds(30))).Members);
        }
        return (sockets, transports);
    }

    // As the edge does it: the same key on each attempt, until there is a receipt.
    private async Task<Published> SayAsync(ClusterNode node)
    {
        var broadcast = new Broadcast(_room, EventName.Parse("hello"), Encoding.UTF8.GetBytes("{}"), Key: Guid.NewGuid().ToString("n"));
        return await Eventually.GetAsync(async () => await node.Rooms.Ask<IFeedReply>(broadcast, Patience) as Published);
    }

    private async Task<SocketId[]> MembersAsync(ClusterNode node) =>
        [.. (await node.Rooms.Ask<MemberPage>(new ListMembers(FeedId.Of(_room), null, 10), Patience)).Members.Select(member => member.Socket)];

    private async Task<ClusterNode> HolderAsync()
    {
        foreach (var node in Nodes)
        {
            var state = await node.Rooms.Ask<Akka.Cluster.Sharding.CurrentShardRegionState>(Akka.Cluster.Sharding.GetShardRegionState.Instance, Patience);
            if (state.Shards.Any(shard => shard.EntityIds.Any(id => Uri.UnescapeDataString(id) == _room.Value)))
                return node;
        }
        throw new InvalidOperationException("No node holds the room.");
    }
}
