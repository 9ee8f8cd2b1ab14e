using Realtime.Actors.Delivery;

namespace Realtime.Web.VirtualRequests;

/// <summary>
/// What a request's handler has said to rooms and topics, so that its answer can wait until the requester has heard it
/// (contract R-36). Ambient: filled wherever the handler publishes, however deep.
/// </summary>
internal sealed class SaidMeanwhile
{
    private static readonly AsyncLocal<SaidMeanwhile?> Ambient = new();

    private readonly Lock _gate = new();
    private Dictionary<FeedId, Position>? _feeds;

    /// <summary>Begins to take note of what is said from here on.</summary>
    public static SaidMeanwhile Begin() => Ambient.Value = new SaidMeanwhile();

    /// <summary>A feed has numbered a message.</summary>
    public static void Note(Published published)
    {
        if (Ambient.Value is { } said)
            said.Add(published.Feed, published.Position);
    }

    /// <summary>A message has gone straight to one socket, or to all, the requester's perhaps among them.</summary>
    public static void NoteSockets()
    {
        if (Ambient.Value is { } said)
            said.ToSockets = true;
    }

    /// <summary>Whether sessions were told something, without a feed.</summary>
    public bool ToSockets { get; private set; }

    /// <summary>The last position of each feed that something was said to; null when nothing was.</summary>
    public KeyValuePair<FeedId, Position>[]? Feeds()
    {
        lock (_gate)
            return _feeds?.ToArray();
    }

    private void Add(FeedId feed, Position position)
    {
        lock (_gate)
        {
            _feeds ??= [];
            if (!_feeds.TryGetValue(feed, out var last) || (position.Epoch, position.Seq).CompareTo((last.Epoch, last.Seq)) > 0)
                _feeds[feed] = position;
        }
    }
}
