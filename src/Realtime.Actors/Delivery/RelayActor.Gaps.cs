using Akka.Actor;
using Akka.Event;

namespace Realtime.Actors.Delivery;

// What the relay does when a number is missing.
internal sealed partial class RelayActor
{
    private void OpenGap(RelayFeed feed, IWithFeed first)
    {
        _log.Info("{0}: messages after {1} are missing here; asking for a replay.", feed.Feed, feed.Position);
        feed.BehindGap = [first];
        ActorMetrics.Gaps.Add(1);
        AskForReplay(feed);
        if (!Timers.IsTimerActive(ReplayDue.Instance))
            Timers.StartPeriodicTimer(ReplayDue.Instance, ReplayDue.Instance, ReplayAgainAfter);
    }

    private void Take(Replayed replayed)
    {
        if (!_feeds.TryGetValue(replayed.Feed, out var feed) || feed.BehindGap is not { } behind)
            return;
        feed.BehindGap = null;
        if (!replayed.Complete)
        {
            var before = replayed.Messages is [var oldest, ..] ? oldest.Seq - 1 : replayed.Upto.Seq;
            BeginAnew(feed, replayed.Upto with { Seq = Math.Max(before, feed.Position.Epoch == replayed.Upto.Epoch ? feed.Position.Seq : 0) });
        }
        var next = 0;
        foreach (var waiting in behind)
        {
            // A member that came in behind the gap gets only what was said after it.
            if (waiting is IMemberReply reply && From(reply) is { } from)
                Refill(feed, replayed.Messages, ref next, from.Seq);
            else if (waiting is Deliver deliver)
                Refill(feed, replayed.Messages, ref next, deliver.Message.Seq);
            OnReceive(waiting);
        }
        if (feed.BehindGap is null)
            Refill(feed, replayed.Messages, ref next, long.MaxValue);
    }

    private void Refill(RelayFeed feed, IReadOnlyList<Envelope> messages, ref int next, long upto)
    {
        for (; next < messages.Count && messages[next].Seq <= upto; next++)
        {
            if (messages[next].Seq == feed.Position.Seq + 1)
                Accept(feed, messages[next]);
        }
    }

    private void BeginAnew(RelayFeed feed, Position position)
    {
        FlushNow(feed);
        feed.Position = position;
        _log.Warning("{0}: messages before {1} were lost to this node's members; they are told.", feed.Feed, position);
        ActorMetrics.Losses.Add(1);
        var missed = new Missed(feed.Feed, position);
        foreach (var member in feed.Members)
            member.Session.Tell(missed, Self);
        AnswerWaiting(feed);
    }

    private void ReplayAgain()
    {
        var any = false;
        foreach (var feed in _feeds.Values)
        {
            if (feed.BehindGap is null)
                continue;
            any = true;
            AskForReplay(feed);
        }
        if (!any)
            Timers.Cancel(ReplayDue.Instance);
    }

    private void AskForReplay(RelayFeed feed) => RegionOf(feed.Feed).Tell(new Replay(feed.Feed, feed.Position), Self);
}
