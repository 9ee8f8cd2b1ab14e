using Akka.Actor;
using Realtime.Actors.Sessions;

namespace Realtime.Actors.Delivery;

// How somebody waits until a session has been told what a feed said (contract R-36).
internal sealed partial class RelayActor
{
    private void Take(CatchUp catchUp)
    {
        if (!_feeds.TryGetValue(catchUp.Feed, out var feed) || feed.Find(catchUp.Socket) is null)
        {
            Sender.Tell(new SocketDone(catchUp.Socket), Self);
            return;
        }
        FlushNow(feed);
        feed.CatchUps.Add((catchUp, Sender));
        AnswerWaiting(feed);
    }

    // Through the session, behind whatever it was told before.
    private void AnswerWaiting(RelayFeed feed)
    {
        for (var i = feed.CatchUps.Count - 1; i >= 0; i--)
        {
            var (catchUp, replyTo) = feed.CatchUps[i];
            if (!feed.HasPassed(catchUp.Upto))
                continue;
            feed.CatchUps.RemoveAt(i);
            Answer(catchUp, replyTo, feed);
        }
    }

    private void Answer(CatchUp catchUp, IActorRef replyTo, RelayFeed feed)
    {
        if (feed.Find(catchUp.Socket) is { } member)
            member.Session.Tell(new Fence(catchUp.Socket), replyTo);
        else
            replyTo.Tell(new SocketDone(catchUp.Socket), Self);
    }
}
