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
internal sealed partial class RelayActor : UntypedActor, IWithTimers
{
    private static readonly TimeSpan ReplayAgainAfter = TimeSpan.FromSeconds(1);

    private readonly IActorRef _rooms;
    private readonly IActorRef _topics;
    private readonly Turns _turns;
    private readonly Dictionary<FeedId, RelayFeed> _feeds = [];
    private readonly LocalRooms _localRooms = new();
    private readonly Dictionary<(SocketId Socket, int Op), PassOn> _passedOn = [];
    private readonly List<(FrameFormat Format, Delivered Delivered)> _encoded = [];
    private readonly ILoggingAdapter _log = Context.GetLogger();

    /// <param name="rooms">The shard region of rooms.</param>
    /// <param name="topics">The shard region of topics.</param>
    /// <param name="turns">When sessions of this node are told something: shared by all its relays.</param>
    public RelayActor(IActorRef rooms, IActorRef topics, Turns turns) => (_rooms, _topics, _turns) = (rooms, topics, turns);

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PostRestart(Exception reason)
    {
        base.PostRestart(reason);
        Context.ActorSelection($"/user/{SessionsActor.Name}").Tell(new RelayBeganAnew(Self.Path.Name), Self);
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Deliver deliver:
                Take(deliver);
                break;
            case Turn turn:
                Take(turn);
                break;
            case Flush:
                FlushOfFew();
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
            case GivenUp gone:
                _passedOn.Remove((gone.Socket, gone.Op));
                break;
            case CallRoll call:
                Take(call);
                break;
            case ListRooms list:
                Sender.Tell(_localRooms.Page(list), Self);
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
        else if (deliver.Message.IsTransient)
            Gather(feed, deliver.Message);
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
        Gather(feed, message);
    }

    private void Take(PassOn passOn)
    {
        var command = passOn.Command;
        if (command is Leave)
        {
            _localRooms.WaitNoMore(command.Feed, command.Socket);
            _remembered.Forget(command.Feed, command.Socket);
            if (_feeds.TryGetValue(command.Feed, out var feed))
            {
                FlushNow(feed);
                feed.Remove(command.Socket);
                Forget(feed);
            }
        }
        _passedOn[(command.Socket, command.Op)] = passOn;
        RegionOf(command.Feed).Tell(command, Self);
    }

    private void Take(Detach detach)
    {
        if (detach.MayComeBack)
            _localRooms.Wait(detach.Feed, detach.Socket);
        else
        {
            _localRooms.WaitNoMore(detach.Feed, detach.Socket);
            _remembered.Forget(detach.Feed, detach.Socket);
        }
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
            if (IsOvertaken(reply, feed.Position))
            {
                if (reply is Resumed && AskAgain(reply))
                    return;
                reply = InPlace(reply, feed.Position);
            }
        }
        if (_passedOn.Remove((reply.Socket, reply.Op), out var passOn))
        {
            Remember(reply);
            LetIn(reply, passOn);
            passOn.Session.Tell(reply, Self);
        }
    }

    private void LetIn(IMemberReply reply, PassOn passOn)
    {
        if (reply is NotMember)
            _localRooms.WaitNoMore(reply.Feed, reply.Socket);
        if (passOn.Format is not { } format || From(reply) is not { } from)
        {
            if (reply is Joined or Resumed)
                _localRooms.Wait(reply.Feed, reply.Socket); // its connection was lost before it had asked
            if (_feeds.TryGetValue(reply.Feed, out var known))
                LetGo(known, reply);
            return;
        }
        if (!_feeds.TryGetValue(reply.Feed, out var feed))
            _feeds.Add(reply.Feed, feed = new RelayFeed(reply.Feed) { Position = from });
        else if (from.Epoch > feed.Position.Epoch)
            BeginAnew(feed, from);
        var newcomer = new LocalMember(reply.Socket, passOn.Session, format);
        _localRooms.Hear(reply.Feed);
        _localRooms.WaitNoMore(reply.Feed, reply.Socket);
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

    private void Forget(RelayFeed feed)
    {
        if (!feed.IsEmpty)
            return;
        _feeds.Remove(feed.Feed);
        _localRooms.Miss(feed.Feed);
        foreach (var (catchUp, replyTo) in feed.CatchUps)
            Answer(catchUp, replyTo, feed);
        // Nobody misses anything any more; a newcomer behind the gap begins where it came in.
        foreach (var waiting in feed.BehindGap ?? [])
            OnReceive(waiting);
    }

    private IActorRef RegionOf(FeedId feed) => feed.IsTopic ? _topics : _rooms;

    private static bool ChangesAudiences(Envelope message) => message.Verb is Verb.Created or Verb.Destroyed;

    // Of a room's former life, by messages of the next one: a room that moves may speak from its new place before its answer from the
    // old one is here.
    private static bool IsOvertaken(IMemberReply reply, Position position) =>
        From(reply) is { } from && (from.Epoch < position.Epoch || (from.Epoch == position.Epoch && from.Seq < position.Seq));

    // The answer does not reach up to where the member would come in, but the room's next life knows what lies between. Once: who asks
    // for ever would never tell the client anything.
    private bool AskAgain(IMemberReply reply)
    {
        if (!_passedOn.TryGetValue((reply.Socket, reply.Op), out var passOn) || passOn.IsAskedAgain)
            return false;
        _passedOn[(reply.Socket, reply.Op)] = passOn with { IsAskedAgain = true };
        RegionOf(reply.Feed).Tell(passOn.Command, Self);
        return true;
    }

    // Who comes in has not heard what has overtaken the answer.
    private static IMemberReply InPlace(IMemberReply reply, Position position) => reply switch
    {
        Joined joined => joined with { From = position },
        Subscribed subscribed => subscribed with { From = position },
        Resumed resumed => resumed with { From = position, Recovered = false },
        _ => reply,
    };

    private static Position? From(IMemberReply reply) => reply switch
    {
        Joined joined => joined.From,
        Subscribed subscribed => subscribed.From,
        Resumed resumed => resumed.From,
        _ => null,
    };

    private sealed class ReplayDue : INotInfluenceReceiveTimeout
    {
        public static readonly ReplayDue Instance = new();
    }
}
