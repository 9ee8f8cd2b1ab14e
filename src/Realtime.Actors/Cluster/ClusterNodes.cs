using System.Collections.Concurrent;
using Akka.Actor;
using Realtime.Actors.Sessions;

namespace Realtime.Actors.Cluster;

/// <summary>
/// The nodes of the cluster as this node knows them, and the relays on them. Written by <see cref="NodeWatchActor"/>,
/// read by everybody.
/// </summary>
public sealed class ClusterNodes : IExtension
{
    private readonly ExtendedActorSystem _system;
    private readonly ConcurrentDictionary<NodeId, Node> _alive = new();

    internal ClusterNodes(ExtendedActorSystem system)
    {
        _system = system;
        var cluster = Akka.Cluster.Cluster.Get(system);
        Self = new NodeId(cluster.SelfUniqueAddress.Uid);
        Add(Self, cluster.SelfAddress, cluster.SelfRoles.Contains(Roles.Web));
    }

    /// <summary>This node.</summary>
    public NodeId Self { get; }

    /// <summary>Every node that is in the cluster, or about to be.</summary>
    public IEnumerable<NodeId> Alive => _alive.Keys;

    /// <summary>Those of them that take connections.</summary>
    public IEnumerable<NodeId> AliveWeb => _alive.Where(entry => entry.Value.IsWeb).Select(entry => entry.Key);

    /// <summary>The nodes of an actor system.</summary>
    public static ClusterNodes Of(ActorSystem system) => system.WithExtension<ClusterNodes, ClusterNodesProvider>();

    /// <summary>Whether this run of that node is in the cluster.</summary>
    public bool IsAlive(NodeId node) => _alive.ContainsKey(node);

    /// <summary>The relay for a feed on a node; null when the node is not in the cluster.</summary>
    public IActorRef? RelayOf(NodeId node, FeedId feed) =>
        _alive.TryGetValue(node, out var found) ? found.Relay(_system, RelayRouting.IndexOf(feed)) : null;

    /// <summary>Every relay of every node that takes connections: together they know of all sockets.</summary>
    public IEnumerable<(NodeId Node, IActorRef Relay)> AllRelays()
    {
        foreach (var (id, node) in _alive)
        {
            for (var i = 0; node.IsWeb && i < RelayRouting.Count; i++)
                yield return (id, node.Relay(_system, i));
        }
    }

    /// <summary>What keeps the sessions of a node; null when the node is not in the cluster, or takes no connections.</summary>
    public IActorRef? SessionsOf(NodeId node) =>
        _alive.TryGetValue(node, out var found) && found.IsWeb ? found.Sessions(_system) : null;

    internal void Add(NodeId node, Address address, bool isWeb) => _alive.TryAdd(node, new Node(address, isWeb));

    internal bool Remove(NodeId node) => node != Self && _alive.TryRemove(node, out _);

    private sealed class Node(Address address, bool isWeb)
    {
        public bool IsWeb { get; } = isWeb;

        private readonly IActorRef?[] _relays = new IActorRef?[RelayRouting.Count];
        private IActorRef? _sessions;

        public IActorRef Relay(ExtendedActorSystem system, int index) => _relays[index] ??= Resolve(system, RelayRouting.ActorName(index));

        public IActorRef Sessions(ExtendedActorSystem system) => _sessions ??= Resolve(system, SessionsActor.Name);

        private IActorRef Resolve(ExtendedActorSystem system, string name) =>
            system.Provider.ResolveActorRef(new RootActorPath(address) / "user" / name);
    }

    private sealed class ClusterNodesProvider : ExtensionIdProvider<ClusterNodes>
    {
        public override ClusterNodes CreateExtension(ExtendedActorSystem system) => new(system);
    }
}
