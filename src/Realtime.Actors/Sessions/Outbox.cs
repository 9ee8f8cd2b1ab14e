namespace Realtime.Actors.Sessions;

/// <summary>
/// What waits for a connection that does not take more at the moment. Frames are shared, so waiting costs a reference. What the
/// policy drops is noted by feed, so that the client can be told; what belongs to no feed is never dropped.
/// </summary>
internal sealed class Outbox(SessionOptions options)
{
    // Where nothing can be dropped, there is an end to waiting too.
    private const int Patience = 2;

    private readonly LinkedList<Waiting> _waiting = new();
    private Dictionary<FeedId, Position>? _losses; // most never lose anything

    /// <summary>What waits, in bytes.</summary>
    public long Bytes { get; private set; }

    public int Count => _waiting.Count;

    public bool IsEmpty => _waiting.Count == 0;

    /// <summary>Takes a frame; false when the connection is to be given up instead.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="feed">Whose messages it holds; null for what belongs to none: direct messages and notices.</param>
    /// <param name="upto">The place of its last message that has a number; 0 when none of them has.</param>
    public bool Add(Frame frame, FeedId? feed = null, Position upto = default)
    {
        if (IsOver(frame, 1))
        {
            switch (options.SlowConsumer)
            {
                case SlowConsumerPolicy.DropNewest when feed is not null:
                    NoteLoss(feed.Value, upto);
                    return true;
                case SlowConsumerPolicy.DropOldest:
                    DropOldest(frame);
                    break;
                case SlowConsumerPolicy.Disconnect:
                    return false;
            }
            if (IsOver(frame, Patience))
                return false;
        }
        _waiting.AddLast(new Waiting(frame, feed, upto));
        Bytes += frame.Length;
        return true;
    }

    public Frame Take() => Remove(_waiting.First!).Frame;

    /// <summary>Feeds of which something was dropped since this was last asked, and up to where.</summary>
    public IReadOnlyList<(FeedId Feed, Position Upto)> TakeLosses()
    {
        if (_losses is null)
            return [];
        (FeedId, Position)[] losses = [.. _losses.Select(loss => (loss.Key, loss.Value))];
        _losses = null;
        return losses;
    }

    public void Clear()
    {
        _waiting.Clear();
        _losses = null;
        Bytes = 0;
    }

    private void DropOldest(Frame newcomer)
    {
        for (var node = _waiting.First; node is not null && IsOver(newcomer, 1);)
        {
            var next = node.Next;
            if (node.Value.Feed is { } feed)
                NoteLoss(feed, Remove(node).Upto);
            node = next;
        }
    }

    private void NoteLoss(FeedId feed, Position upto)
    {
        if (upto.Seq > 0) // of transient messages alone there is nothing to tell: nobody misses them
            (_losses ??= [])[feed] = upto;
        ActorMetrics.SlowConsumers.Add(1, ActorMetrics.Policy(options.SlowConsumer));
    }

    private Waiting Remove(LinkedListNode<Waiting> node)
    {
        _waiting.Remove(node);
        Bytes -= node.Value.Frame.Length;
        return node.Value;
    }

    private bool IsOver(Frame frame, int factor) =>
        _waiting.Count >= options.MaxQueuedFrames * factor || Bytes + frame.Length > options.MaxQueuedBytes * factor;

    private readonly record struct Waiting(Frame Frame, FeedId? Feed, Position Upto);
}
