using System.Diagnostics.CodeAnalysis;

namespace Realtime.Actors.Delivery;

/// <summary>
/// The sockets of this node that are in rooms which keep their members in memory only, connected or waiting: such a room asks for
/// them when it begins a new life.
/// </summary>
internal sealed class RememberedMembers
{
    private readonly Dictionary<FeedId, Dictionary<SocketId, Member>> _feeds = [];

    public void Keep(FeedId feed, Member member)
    {
        if (!_feeds.TryGetValue(feed, out var members))
            _feeds.Add(feed, members = []);
        members[member.Socket] = member;
    }

    public void Forget(FeedId feed, SocketId socket)
    {
        if (_feeds.TryGetValue(feed, out var members) && members.Remove(socket) && members.Count == 0)
            _feeds.Remove(feed);
    }

    public bool TryGet(FeedId feed, [NotNullWhen(true)] out IReadOnlyDictionary<SocketId, Member>? members)
    {
        members = _feeds.GetValueOrDefault(feed);
        return members is not null;
    }
}
