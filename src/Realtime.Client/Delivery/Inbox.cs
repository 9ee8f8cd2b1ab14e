namespace Realtime.Client.Delivery;

/// <summary>
/// What has been seen of each feed, and the guard of its order: a frame that was seen before is dropped, and while a connection
/// is being resumed frames wait, because what was missed has to come before what is new. Not safe for threads: its owner locks.
/// </summary>
internal sealed class Inbox(Action<Frame> deliver)
{
    private const int RememberedMessages = 1024;

    private readonly Dictionary<string, Position> _seen = new(StringComparer.Ordinal);
    private readonly RecentIds _heard = new(RememberedMessages);
    private List<Frame>? _held;

    /// <summary>The last position seen of each feed.</summary>
    public IReadOnlyList<Place> Positions() => [.. _seen.Select(seen => new Place(seen.Key, seen.Value.Epoch, seen.Value.Seq))];

    /// <summary>Takes a frame.</summary>
    public void Accept(Frame frame)
    {
        if (_held is not null)
            _held.Add(frame);
        else if (IsNew(frame))
            deliver(frame);
    }

    /// <summary>From now on frames wait; those of a connection before are forgotten, for the server sends them again.</summary>
    public void Hold() => _held = [];

    /// <summary>Lets the waiting frames go, those of each feed in the feed's order.</summary>
    /// <param name="resumed">Where feeds stood when the session was taken up: what is not after that was missed, and is a replay.</param>
    public void Release(IReadOnlyDictionary<string, Position> resumed)
    {
        var held = _held ?? [];
        _held = null;
        foreach (var frame in InOrderOfFeeds(held))
        {
            var isReplay = frame.Feed is { } feed && resumed.TryGetValue(feed, out var position) && !frame.Position.IsAfter(position);
            Accept(isReplay ? frame with { IsReplay = true } : frame);
        }
    }

    /// <summary>Notes where a feed stands, unless more of it was seen already.</summary>
    public void Advance(Place place)
    {
        if (!_seen.TryGetValue(place.Room, out var seen) || place.Position.IsAfter(seen))
            _seen[place.Room] = place.Position;
    }

    /// <summary>This client is not in the feed any more.</summary>
    public void Forget(string feed) => _seen.Remove(feed);

    /// <summary>It is in none any more.</summary>
    public void ForgetAll() => _seen.Clear();

    private bool IsNew(Frame frame)
    {
        if (frame.Feed is not { } feed)
            return true;
        if (_seen.TryGetValue(feed, out var seen) && !frame.Position.IsAfter(seen))
            return false;
        _seen[feed] = frame.Position;
        // After a resume it may come through another room than before.
        return frame.MessageId is null || _heard.Add(frame.MessageId);
    }

    // Each feed's frames sorted, in the places that the feed's frames had among those of the others.
    private static IEnumerable<Frame> InOrderOfFeeds(List<Frame> frames)
    {
        var sorted = frames.Where(frame => frame.Feed is not null).GroupBy(frame => frame.Feed!, StringComparer.Ordinal).ToDictionary(
            feed => feed.Key,
            feed => new Queue<Frame>(feed.OrderBy(frame => frame.Position.Epoch).ThenBy(frame => frame.Position.Seq)),
            StringComparer.Ordinal);
        return frames.Select(frame => frame.Feed is null ? frame : sorted[frame.Feed].Dequeue());
    }
}
