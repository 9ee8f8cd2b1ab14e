namespace Realtime.Actors.Sessions;

/// <summary>The ids of the last messages that came through several rooms, so that each is written once (contract R-33).</summary>
internal sealed class SeenMessages
{
    private const int Kept = 128;

    private readonly Dictionary<Guid, (FeedId Feed, Position At)?> _written = [];
    private Queue<Guid> _order = new();

    /// <summary>Whether this one is new.</summary>
    /// <param name="id">The message.</param>
    /// <param name="place">The feed that it is written for, and its place there; null when it came through none.</param>
    public bool Add(Guid id, (FeedId Feed, Position At)? place = null)
    {
        if (!_written.TryAdd(id, place))
            return false;
        _order.Enqueue(id);
        if (_order.Count > Kept)
            _written.Remove(_order.Dequeue());
        return true;
    }

    /// <summary>
    /// Forgets what was written to a connection that broke before its client got it: that is to be written again. What the
    /// client has seen up to these positions is not.
    /// </summary>
    public void ForgetAllBut(IReadOnlyDictionary<FeedId, Position> seen)
    {
        var kept = new Queue<Guid>(_order.Count);
        foreach (var id in _order)
        {
            if (_written[id] is { } place && !HasSeen(seen, place.Feed, place.At))
                _written.Remove(id);
            else
                kept.Enqueue(id);
        }
        _order = kept;
    }

    private static bool HasSeen(IReadOnlyDictionary<FeedId, Position> seen, FeedId feed, Position at) =>
        seen.TryGetValue(feed, out var upto) && upto.Epoch == at.Epoch && upto.Seq >= at.Seq;
}
