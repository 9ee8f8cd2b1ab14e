namespace Realtime.Actors.Delivery;

/// <summary>
/// The rooms that sockets of this node are in, by name: those that somebody hears now, and those of sockets that have lost their
/// connection and may still come back. Kept in order, so that a page of them costs no walk over all.
/// </summary>
internal sealed class LocalRooms
{
    private readonly SortedSet<string> _names = new(StringComparer.Ordinal);
    private readonly HashSet<FeedId> _heard = [];
    private readonly Dictionary<FeedId, HashSet<SocketId>> _waiting = [];

    /// <summary>Somebody of this node hears the feed now.</summary>
    public void Hear(FeedId feed)
    {
        if (!feed.IsTopic && _heard.Add(feed))
            _names.Add(feed.Key);
    }

    /// <summary>Nobody of this node hears the feed any more; some may wait.</summary>
    public void Miss(FeedId feed)
    {
        if (_heard.Remove(feed) && !_waiting.ContainsKey(feed))
            _names.Remove(feed.Key);
    }

    /// <summary>A member has lost its connection and may still come back.</summary>
    public void Wait(FeedId feed, SocketId socket)
    {
        if (feed.IsTopic)
            return;
        if (!_waiting.TryGetValue(feed, out var sockets))
            _waiting.Add(feed, sockets = []);
        sockets.Add(socket);
        _names.Add(feed.Key);
    }

    /// <summary>A member is back, or leaves, or is another node's from now on: it does not wait here.</summary>
    public void WaitNoMore(FeedId feed, SocketId socket)
    {
        if (!_waiting.TryGetValue(feed, out var sockets) || !sockets.Remove(socket) || sockets.Count > 0)
            return;
        _waiting.Remove(feed);
        if (!_heard.Contains(feed))
            _names.Remove(feed.Key);
    }

    /// <summary>Some of the names, in ordinal order.</summary>
    public RoomPage Page(ListRooms list)
    {
        var from = list.After is { } after && string.CompareOrdinal(after, list.Prefix) > 0 ? after : list.Prefix;
        var names = new List<string>();
        if (_names.Max is not { } last || string.CompareOrdinal(from, last) > 0)
            return new RoomPage(names, false);
        foreach (var name in _names.GetViewBetween(from, last))
        {
            if (!name.StartsWith(list.Prefix, StringComparison.Ordinal))
                break;
            if (name == list.After)
                continue;
            if (names.Count == list.Limit)
                return new RoomPage(names, true);
            names.Add(name);
        }
        return new RoomPage(names, false);
    }
}
