using System.Collections.Immutable;

namespace Realtime.Actors.Membership;

/// <summary>The members of a feed, and the nodes that they are on. Never changes: each change makes a new value.</summary>
public sealed class Members
{
    /// <summary>Nobody.</summary>
    public static readonly Members None = new(ImmutableSortedSet.Create<Member>(Member.BySocket), []);

    private readonly ImmutableSortedSet<Member> _all;
    private readonly ImmutableArray<(NodeId Node, int Count)> _nodes;

    private Members(ImmutableSortedSet<Member> all, ImmutableArray<(NodeId, int)> nodes) => (_all, _nodes) = (all, nodes);

    /// <summary>How many there are.</summary>
    public int Count => _all.Count;

    /// <summary>The nodes with at least one member, and how many each has. A few, so a scan is the fastest look-up.</summary>
    public ImmutableArray<(NodeId Node, int Count)> Nodes => _nodes;

    /// <summary>All of them, by socket id.</summary>
    public IEnumerable<Member> All => _all;

    /// <summary>Makes the members from a list, as a snapshot has it.</summary>
    public static Members Of(IEnumerable<Member> members)
    {
        var all = ImmutableSortedSet.CreateRange(Member.BySocket, members);
        return new Members(all, [.. all.GroupBy(member => member.Node).Select(group => (group.Key, group.Count()))]);
    }

    /// <summary>Finds a member; null when the socket is none.</summary>
    public Member? Find(SocketId socket) => _all.TryGetValue(Probe(socket), out var found) ? found : null;

    /// <summary>Whether a socket is a member.</summary>
    public bool Contains(SocketId socket) => Find(socket) is not null;

    /// <summary>Whether there may be members on other nodes than this one: cheap, where to find a member is not.</summary>
    public bool AreBeyond(NodeId node) => _nodes.Length > 1 || (_nodes.Length == 1 && _nodes[0].Node != node);

    /// <summary>With one more; a member that is there already stays as it is.</summary>
    public Members With(Member member)
    {
        var all = _all.Add(member);
        return ReferenceEquals(all, _all) ? this : new Members(all, Counted(member.Node, 1));
    }

    /// <summary>Without a socket.</summary>
    public Members Without(SocketId socket) =>
        Find(socket) is { } gone ? new Members(_all.Remove(gone), Counted(gone.Node, -1)) : this;

    /// <summary>With a member's session on another node, or of a later term.</summary>
    public Members Moved(SocketId socket, NodeId node, long term) =>
        Find(socket) is { } member && (member.Node != node || member.Term < term) ? Without(socket).With(member with { Node = node, Term = term }) : this;

    /// <summary>With something else that a member tells about itself.</summary>
    public Members Telling(SocketId socket, ReadOnlyMemory<byte> data) => Find(socket) is { } member
        ? new Members(_all.Remove(member).Add(member with { Presence = new Presence(member.Presence?.User, data) }), _nodes)
        : this;

    /// <summary>Those whose sessions are on a node.</summary>
    public IEnumerable<Member> On(NodeId node) => _all.Where(member => member.Node == node);

    /// <summary>Without those whose sessions were on a node.</summary>
    public Members WithoutNode(NodeId node) =>
        new(_all.Except(On(node)), _nodes.RemoveAll(entry => entry.Node == node));

    /// <summary>A page of members with ids above <paramref name="after"/>, in the order of the ids.</summary>
    public IReadOnlyList<Member> Page(SocketId? after, int limit)
    {
        var from = 0;
        if (after is { } socket)
        {
            var at = _all.IndexOf(Probe(socket));
            from = at >= 0 ? at + 1 : ~at;
        }
        var page = new List<Member>(Math.Min(limit, Math.Max(0, _all.Count - from)));
        for (var i = from; i < _all.Count && page.Count < limit; i++)
            page.Add(_all[i]);
        return page;
    }

    private static Member Probe(SocketId socket) => new(socket, default, default);

    private ImmutableArray<(NodeId, int)> Counted(NodeId node, int change)
    {
        for (var i = 0; i < _nodes.Length; i++)
        {
            if (_nodes[i].Node != node)
                continue;
            var count = _nodes[i].Count + change;
            return count == 0 ? _nodes.RemoveAt(i) : _nodes.SetItem(i, (node, count));
        }
        return _nodes.Add((node, change));
    }
}
