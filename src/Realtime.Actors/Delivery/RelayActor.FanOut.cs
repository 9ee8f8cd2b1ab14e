using Akka.Actor;

namespace Realtime.Actors.Delivery;

// How the relay tells sessions what waits for a feed: encoded once for each protocol, told once to each session.
internal sealed partial class RelayActor
{
    // So often a batch that still fills is left for a later flush.
    private const int MostRounds = 8;

    private readonly List<RelayFeed> _toFlush = [];
    private bool _flushIsDue;

    private void FlushLater(RelayFeed feed)
    {
        feed.NoteBatch();
        _toFlush.Add(feed);
        AskToFlush();
    }

    // Behind whatever has arrived at this node, so that it is flushed together: what waits in the mailbox, and what waits for a
    // thread, such as what other publishers have just sent.
    private void AskToFlush()
    {
        if (_flushIsDue)
            return;
        _flushIsDue = true;
        ThreadPool.UnsafeQueueUserWorkItem(static relay => relay.Tell(Flush.Instance, ActorRefs.NoSender), Self, preferLocal: false);
    }

    private void FlushAll()
    {
        _flushIsDue = false;
        var left = 0;
        for (var i = 0; i < _toFlush.Count; i++)
        {
            var feed = _toFlush[i];
            // What was published together comes one by one where each has a way of its own to go, as over HTTP.
            if (feed.HasMany && feed.StillFills(MostRounds))
                _toFlush[left++] = feed;
            else
                FlushNow(feed);
        }
        _toFlush.RemoveRange(left, _toFlush.Count - left);
        if (left > 0)
            AskToFlush();
    }

    private void FlushNow(RelayFeed feed)
    {
        if (feed.Batch.Count == 0)
            return;
        var messages = feed.Batch.ToArray();
        feed.Batch.Clear();
        for (var begin = 0; begin < messages.Length;)
        {
            // Messages of a room have one audience; those of a topic are told in runs that share theirs.
            var audience = feed.AudienceOf(messages[begin]);
            var end = begin + 1;
            while (end < messages.Length && !ChangesAudiences(messages[end - 1]) && ReferenceEquals(feed.AudienceOf(messages[end]), audience))
                end++;
            if (audience is not null)
                Tell(feed, audience, begin == 0 && end == messages.Length ? messages : messages[begin..end]);
            feed.Settle(messages[end - 1]);
            begin = end;
        }
        AnswerWaiting(feed);
    }

    private void Tell(RelayFeed feed, LocalAudience audience, Envelope[] messages)
    {
        var forAll = Array.TrueForAll(messages, static message => message.ForAll);
        foreach (var member in audience.Members)
        {
            if (!member.Gone)
                member.Session.Tell(EncodedFor(member.Format, feed, messages, forAll), ActorRefs.NoSender);
        }
        _encoded.Clear();
        ActorMetrics.Batches.Add(1);
        ActorMetrics.Deliveries.Add(messages.Length * audience.Count);
        BeginTurn(feed, audience.Members);
    }

    private Delivered EncodedFor(FrameFormat format, RelayFeed feed, Envelope[] messages, bool forAll)
    {
        foreach (var entry in _encoded) // one to four
        {
            if (ReferenceEquals(entry.Format, format))
                return entry.Delivered;
        }
        var epoch = feed.Position.Epoch;
        var delivered = new Delivered(feed.Feed, epoch, messages, format.Encode(feed.Feed, epoch, messages), forAll);
        _encoded.Add((format, delivered));
        return delivered;
    }
}
