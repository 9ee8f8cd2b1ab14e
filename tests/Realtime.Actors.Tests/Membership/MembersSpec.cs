using FsCheck.Xunit;

namespace Realtime.Actors.Tests.Membership;

public sealed class MembersSpec
{
    /// <summary>Whatever is done, the members are those of a plain dictionary, and the nodes are counted right.</summary>
    [Property]
    public void Members_are_a_plain_set_with_nodes(byte[] steps)
    {
        var (members, plain) = (Members.None, new SortedDictionary<string, int>(StringComparer.Ordinal));
        foreach (var step in steps)
        {
            var (socket, node) = (SocketId.Trusted($"s{step % 7}"), step / 64);
            switch (step / 7 % 5)
            {
                case 0 or 1:
                    members = members.With(new Member(socket, new NodeId(node), default));
                    plain.TryAdd(socket.Value, node);
                    break;
                case 2:
                    members = members.Without(socket);
                    plain.Remove(socket.Value);
                    break;
                case 3:
                    members = members.Moved(socket, new NodeId(node), 1);
                    if (plain.ContainsKey(socket.Value))
                        plain[socket.Value] = node;
                    break;
                default:
                    members = members.WithoutNode(new NodeId(node));
                    foreach (var gone in plain.Where(entry => entry.Value == node).Select(entry => entry.Key).ToArray())
                        plain.Remove(gone);
                    break;
            }
        }
        Assert.Equal(plain.Select(entry => (entry.Key, entry.Value)), members.All.Select(member => (member.Socket.Value, member.Node.Incarnation)));
        Assert.Equal(
            plain.GroupBy(entry => entry.Value).Select(group => (group.Key, group.Count())).Order(),
            members.Nodes.Select(entry => (entry.Node.Incarnation, entry.Count)).Order());
    }

    [Property]
    public void Pages_together_are_everybody_in_order(byte count, byte size)
    {
        var members = Members.Of(Enumerable.Range(0, count).Select(i => new Member(SocketId.Trusted($"s{i * 7919 % 256:d3}"), default, default)));
        var (seen, after, limit) = (new List<string>(), (SocketId?)null, size % 16 + 1);
        while (members.Page(after, limit) is { Count: > 0 } page)
        {
            seen.AddRange(page.Select(member => member.Socket.Value));
            after = page[^1].Socket;
        }
        Assert.Equal(members.All.Select(member => member.Socket.Value), seen);
    }
}
