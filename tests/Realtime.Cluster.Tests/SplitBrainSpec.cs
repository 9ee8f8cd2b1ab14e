using System.Text;
using Akka.Actor;
using Akka.Configuration;
using Akka.Remote;
using Akka.Remote.Transport;
using Realtime.Actors.Rooms;
using Realtime.Actors.Sessions;
using Realtime.Actors.Tests.Support;
using Realtime.Testing;

namespace Realtime.Cluster.Tests;

/// <summary>A network that breaks in two: the minority ends itself, and the majority goes on with its rooms and members.</summary>
public sealed class SplitBrainSpec : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly ThreeNodes _three = new()
    {
        More = ConfigurationFactory.ParseString("""
            akka.remote.dot-netty.tcp.applied-adapters = ["trttl"]
            akka.cluster.split-brain-resolver.stable-after = 2s
            akka.cluster.failure-detector.acceptable-heartbeat-pause = 3s
            """),
    };

    private readonly RoomName _room = RoomName.Parse("lobby");

    private List<ClusterNode> Nodes => _three.Nodes;

    public Task InitializeAsync() => _three.InitializeAsync();

    public Task DisposeAsync() => _three.DisposeAsync();

    public void Dispose() => _three.Dispose();

    [Fact]
    public async Task A_node_that_is_cut_off_ends_itself_and_the_others_go_on_with_the_room()
    {
        var transports = new List<FakeTransport>();
        foreach (var node in Nodes)
        {
            var (socket, transport) = (SocketId.New(node.Nodes.Self), new FakeTransport());
            var session = await node.OpenAsync(socket, transport);
            await session.Ask<Joined>(new JoinSocket(socket, _room), TimeSpan.FromSeconds(30));
            transports.Add(transport);
        }
        var (cutOff, majority) = (Nodes[2], Nodes.Take(2).ToArray());
        foreach (var node in majority)
        {
            await CutAsync(node, cutOff);
            await CutAsync(cutOff, node);
        }

        await cutOff.System.WhenTerminated.WaitAsync(TimeSpan.FromSeconds(60));
        await ThreeNodes.AllUpAsync(majority);
        Assert.All(await Task.WhenAll(majority.Select(SayAsync)), receipt => Assert.NotEqual(0, receipt.Position.Seq));
        foreach (var transport in transports.Take(2))
            await Eventually.TrueAsync(() => Task.FromResult(transport.Lines.Count(line => !line.StartsWith("missed", StringComparison.Ordinal)) == 2));
        // In one order, and the room has forgotten the member of the node that is gone.
        Assert.Equal(transports[0].Lines, transports[1].Lines);
        await Eventually.TrueAsync(async () =>
            (await majority[0].Rooms.Ask<MemberPage>(new ListMembers(FeedId.Of(_room), null, 10), Patience)).Members.Count == 2);
    }

    // Nothing of one reaches the other any more.
    private static async Task CutAsync(ClusterNode from, ClusterNode to)
    {
        var transport = ((RemoteActorRefProvider)((ExtendedActorSystem)from.System).Provider).Transport;
        Assert.True(await transport.ManagementCommand(new SetThrottle(to.Cluster.SelfAddress, ThrottleTransportAdapter.Direction.Both, Blackhole.Instance)));
    }

    private async Task<Published> SayAsync(ClusterNode node)
    {
        var broadcast = new Broadcast(_room, EventName.Parse("hello"), Encoding.UTF8.GetBytes("{}"), Key: Guid.NewGuid().ToString("n"));
        return await Eventually.GetAsync(async () => await node.Rooms.Ask<IFeedReply>(broadcast, Patience) as Published);
    }
}
