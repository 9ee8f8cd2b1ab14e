using Akka.Actor;
using Akka.Event;
using Realtime.Actors.Rooms;
using Realtime.Actors.Sessions;
using Realtime.Actors.Topics;

namespace Realtime.Actors.Delivery;

/// <summary>
/// Fans messages out to the sessions of this node. What waits for a feed is encoded once for each protocol and told to each
/// session once, so that eight waiting messages cost one write. Watches that no number is missing; when one is, everything of
/// that feed waits until the feed has replayed it, or has said that it cannot, which the members are then told.
/// </summary>
/// <remarks>
/// Commands of members and their answers pass through here. Since a feed sends messages and answers to the same relay, and
/// order holds between two actors, a member comes in exactly at its position without any comparing at the session.
/// </remarks>
internal sealed class RelayActor : UntypedActor, IWithTimers
{
    private static readonly TimeSpan ReplayAgainAfter = TimeSpan.FromSeconds(1);

    private readonly IActorRef _rooms;
    private readonly IActorRef _topics;
    private readonly Dictionary<FeedId, RelayFeed> _feeds = [];
    private readonly Dictionary<(SocketId Socket, int Op), PassOn> _passedOn = [];
    private readonly List<RelayFeed> _toFlush = [];
    private readonly List<(FrameFormat Format, Delivered Delivered)> _encoded = [];
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private bool _flushIsDue;

    public RelayActor(IActorRef rooms, IActorRef topics) => (_rooms, _topics) = (rooms, topics);

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Deliver deliver:
                Take(deliver);
                break;
            case Flush:
                FlushAll();
                break;
            case PassOn passOn:
                Take(passOn);
                break;
            case IMemberReply reply:
                Take(reply);
                break;
            case Detach detach:
                Take(detach);
                break;
            case Replayed replayed:
                Take(replayed);
                break;
            case CatchUp catchUp:
                Take(catchUp);
                break;
            case ReplayDue:
                ReplayAgain();
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Take(Deliver deliver)
    {
        if (!_feeds.TryGetValue(deliver.Feed, out var feed))
            return; // whoever was here has left meanwhile
        if (feed.BehindGap is { } behind)
            behind.Add(deliver);
        else if (deliver.Epoch == feed.Position.Epoch)
            TakeInOrder(feed, deliver);
        else if (deliver.Epoch > feed.Position.Epoch)
            TakeNewEpoch(feed, deliver);
    }

    private void TakeInOrder(RelayFeed feed, Deliver deliver)
    {
        var ahead = deliver.Message.Seq - feed.Position.Seq;
        if (ahead == 1)
            Accept(feed, deliver.Message);
        else if (ahead > 1)
            OpenGap(feed, deliver);
    }

    // The feed forgot its numbers. Nobody can tell whether it had said more in its former life.
    private void TakeNewEpoch(RelayFeed feed, Deliver deliver)
    {
        BeginAnew(feed, new Position(deliver.Epoch, 0));
        TakeInOrder(feed, deliver);
    }

    private void Accept(RelayFeed feed, Envelope message)
    {
        feed.Position = feed.Position with { Seq = message.Seq };
        feed.Batch.Add(message);
        if (feed.Batch.Count == 1)
            _toFlush.Add(feed);
        if (_flushIsDue)
            return;
        // Behind whatever waits in the mailbox now, so that it is flushed together.
        _flushIsDue = true;
        Self.Tell(Flush.Instance, Self);
    }

    private void Take(PassOn passOn)
    {
        var command = passOn.Command;
        if (command is Leave && _feeds.TryGetValue(command.Feed, out var feed))
        {
            FlushNow(feed);
            feed.Remove(command.Socket);
            Forget(feed);
        }
        _passedOn[(command.Socket, command.Op)] = passOn;
        RegionOf(command.Feed).Tell(command, Self);
    }

    private void Take(Detach detach)
    {
        if (!_feeds.TryGetValue(detach.Feed, out var feed))
            return;
        FlushNow(feed);
        feed.Remove(detach.Socket);
        Forget(feed);
    }

    private void Take(IMemberReply reply)
    {
        if (_feeds.TryGetValue(reply.Feed, out var feed))
        {
            if (feed.BehindGap is { } behind)
            {
                behind.Add(reply);
                return;
            }
            if (From(reply) is { } from && from.Epoch == feed.Position.Epoch && from.Seq > feed.Position.Seq)
            {
                OpenGap(feed, reply);
                return;
            }
            FlushNow(feed);
        }
        if (_passedOn.Remove((reply.Socket, reply.Op), out var passOn))
        {
            LetIn(reply, passOn);
            passOn.Session.Tell(reply, Self);
        }
    }

    private void LetIn(IMemberReply reply, PassOn passOn)
    {
        if (passOn.Format is not { } format || From(reply) is not { } from)
        {
            if (_feeds.TryGetValue(reply.Feed, out var known))
                LetGo(known, reply);
            return;
        }
        if (!_feeds.TryGetValue(reply.Feed, out var feed))
            _feeds.Add(reply.Feed, feed = new RelayFeed(reply.Feed) { Position = from });
        else if (from.Epoch > feed.Position.Epoch)
            BeginAnew(feed, from);
        var newcomer = new LocalMember(reply.Socket, passOn.Session, format);
        switch (reply)
        {
            case Joined:
                feed.Add(newcomer, hearsAll: true);
                break;
            case Subscribed subscribed:
                feed.Subscribe(feed.Add(newcomer, subscribed.Watches), subscribed.Records);
                break;
            case Resumed resumed:
                feed.Remove(resumed.Socket);
                feed.Subscribe(feed.Add(newcomer, resumed.Watches || !resumed.Feed.IsTopic), resumed.Records);
                break;
        }
    }

    private void LetGo(RelayFeed feed, IMemberReply reply)
    {
        switch (reply)
        {
            case Unsubscribed given:
                feed.Unsubscribe(reply.Socket, given.Records, given.Unwatched);
                break;
            // A join that was answered after the leave was passed on has let it in again.
            case Left or NotMember:
                feed.Remove(reply.Socket);
                Forget(feed);
                break;
        }
    }

    private void OpenGap(RelayFeed feed, IWithFeed first)
    {
        _log.Info("{0}: messages after {1} are missing here; asking for a replay.", feed.Feed, feed.Position);
        feed.BehindGap = [first];
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
        var missed = new Missed(feed.Feed, position);
        foreach (var member in feed.Members)
            member.Session.Tell(missed, Self);
        AnswerWaiting(feed);
    }

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

    private void FlushAll()
    {
        _flushIsDue = false;
        foreach (var feed in _toFlush)
            FlushNow(feed);
        _toFlush.Clear();
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

    private void Forget(RelayFeed feed)
    {
        if (!feed.IsEmpty)
            return;
        _feeds.Remove(feed.Feed);
        foreach (var (catchUp, replyTo) in feed.CatchUps)
            Answer(catchUp, replyTo, feed);
        // Nobody misses anything any more; a newcomer behind the gap begins where it came in.
        foreach (var waiting in feed.BehindGap ?? [])
            OnReceive(waiting);
    }

    private IActorRef RegionOf(FeedId feed) => feed.IsTopic ? _topics : _rooms;

    private static bool ChangesAudiences(Envelope message) => message.Verb is Verb.Created or Verb.Destroyed;

    private static Position? From(IMemberReply reply) => reply switch
    {
        Joined joined => joined.From,
        Subscribed subscribed => subscribed.From,
        Resumed resumed => resumed.From,
        _ => null,
    };

    private sealed class Flush
    {
        public static readonly Flush Instance = new();
    }

    private sealed class ReplayDue : INotInfluenceReceiveTimeout
    {
        public static readonly ReplayDue Instance = new();
    }
}
