using Akka.Actor;
using Realtime.Actors.Dispatching;

namespace Realtime.Actors.Delivery;

// How the relay tells sessions what waits for a feed: encoded once for each protocol, told once to each session.
internal sealed partial class RelayActor
{
    private void FlushNow(RelayFeed feed, Turn? turn = null)
    {
        if (feed.Batch.Count == 0)
            return;
        var messages = feed.Batch.ToArray();
        feed.Batch.Clear();
        using var told = Round.Gather();
        for (var begin = 0; begin < messages.Length;)
        {
            // Messages of a room have one audience; those of a topic are told in runs that share theirs.
            var audience = feed.AudienceOf(messages[begin]);
            var end = begin + 1;
            while (end < messages.Length && !ChangesAudiences(messages[end - 1]) && ReferenceEquals(feed.AudienceOf(messages[end]), audience))
                end++;
            if (audience is not null)
                Tell(feed, audience, begin == 0 && end == messages.Length ? messages : messages[begin..end], turn);
            feed.Settle(messages[end - 1]);
            begin = end;
        }
        AnswerWaiting(feed);
    }

    private void Tell(RelayFeed feed, LocalAudience audience, Envelope[] messages, Turn? turn)
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
        if (turn is not null)
            PassOn(turn, audience.Members);
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
