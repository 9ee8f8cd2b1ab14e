using Akka.Actor;
using Akka.Dispatch;
using Akka.Event;
using Realtime.Actors.Cluster;
using Realtime.Actors.Dispatching;
using Realtime.Actors.Rooms;
using Realtime.Actors.Topics;

namespace Realtime.Actors.Sessions;

/// <summary>
/// One socket: writes what its client gets, in order, and keeps track of the feeds it is in. Outlives its connection for
/// the resume window.
/// </summary>
internal sealed partial class SocketSessionActor : UntypedActor, IWithTimers, IRequiresMessageQueue<ShortQueue>
{
    private readonly SocketId _socket;
    private readonly string? _user;
    private readonly SessionOptions _options;
    private readonly ClusterNodes _nodes;
    private readonly TimeProvider _time;
    private readonly DateTimeOffset _since;
    private readonly HashSet<FeedId> _feeds = [];
    private readonly ActorCell _cell = (ActorCell)Context;
    private SeenMessages? _seen;
    private bool _leaving;
    private FeedId[] _left = [];
    private bool _isOtherNow;
    private bool _hasTakenLeave;

    public SocketSessionActor(SocketId socket, string? user, SessionOptions options, ClusterNodes nodes, TimeProvider time)
    {
        (_socket, _user, _options, _nodes, _time, _since) = (socket, user, options, nodes, time, time.GetUtcNow());
        _outbox = new Outbox(options);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    // Hardly any session ever logs, and each of a hundred thousand would keep one.
    private static ILoggingAdapter Log => Context.GetLogger();

    protected override void OnReceive(object message)
    {
        // Whatever else comes finds what was said before it on its way.
        if (message is not (Delivered or Turn))
            WriteGathered();
        Take(message);
        if (!_cell.HasMessages)
            WriteGathered();
    }

    private void Take(object message)
    {
        switch (message)
        {
            case Delivered delivered:
                Write(delivered);
                break;
            case Turn turn:
                turn.Pass();
                break;
            case Written written:
                WriteNext(written);
                break;
            case IMemberReply reply:
                Take(reply);
                break;
            case ISocketCommand command:
                Take(command);
                break;
            case Fence:
                Take(Sender);
                break;
            case Missed missed:
                if (_transport is { } transport)
                    Write(transport.Format.EncodeMissed(missed.Feed, missed.Position));
                break;
            case BlastFrames blast:
                if (_transport is { } open && blast.IsFor(_socket) && IsNew(blast.MessageId))
                    Write(blast.For(open.Format));
                break;
            case Attach attach:
                Attach(attach.Transport);
                break;
            case ConnectionEnded ended:
                Detach(ended);
                break;
            case ResumeSession resume:
                Take(resume);
                break;
            case RelayBeganAnew anew:
                Take(anew);
                break;
            case ReleaseAnswers answers:
                Take(answers);
                break;
            case Inherited inherited:
                Take(inherited);
                break;
            case TakeLeave:
                SayWhatIsLeft();
                break;
            case WindowClosed:
                LeaveForGood();
                break;
            case AskAgain:
                AskAgainWhereDue();
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    protected override void PreRestart(Exception reason, object message)
    {
        foreach (var asked in _asked.Values)
            RelayOf(asked.Command.Feed).Tell(new GivenUp(_socket, asked.Command.Op));
        Self.Tell(new Inherited(AllFeeds(), _leaving), Self);
        base.PreRestart(reason, message);
    }

    protected override void PostStop() => _transport?.Close(CloseReason.Requested);

    // This session failed and begins anew, without its connection: the client comes back in time, or leaves.
    private void Take(Inherited inherited)
    {
        _feeds.UnionWith(inherited.Feeds);
        if (inherited.IsLeaving)
            LeaveForGood();
        else if (_transport is null)
            WaitForClient();
        if (_transport is null)
            TellKeeper(isOpen: false);
    }

    private void Take(ISocketCommand command)
    {
        switch (command)
        {
            case JoinSocket join:
                var presence = _user is null && join.Presence.IsEmpty ? null : new Presence(_user, join.Presence);
                Ask(new JoinRoom(join.Room, _socket, _nodes.Self, ++_lastOp, presence, _term));
                break;
            case LeaveSocket leave:
                Ask(new Leave(FeedId.Of(leave.Room), _socket, ++_lastOp));
                break;
            case SubscribeSocket subscribe:
                Ask(new Subscribe(subscribe.Topic, _socket, _nodes.Self, subscribe.Records, subscribe.Watch, ++_lastOp, _term));
                break;
            case UnsubscribeSocket unsubscribe:
                Ask(new Unsubscribe(unsubscribe.Topic, _socket, unsubscribe.Records, unsubscribe.Unwatch, ++_lastOp));
                break;
            case LeaveEverything:
                LeaveFeeds(Sender, null);
                break;
            case SendToSocket send:
                if (_transport is { } transport && (send.MessageId is not { } id || IsNew(id)))
                    Write(transport.Format.EncodeDirect(send.Event, send.Data));
                Sender.Tell(_transport is null ? new UnknownSocket(_socket) : new SocketDone(_socket));
                break;
            case DescribeSocket:
                Sender.Tell(new SocketDescription(_socket, _nodes.Self, _transport is not null, _since, [.. _feeds]));
                break;
            case DisconnectSocket:
                CloseTransport(CloseReason.Requested);
                Sender.Tell(new SocketDone(_socket));
                LeaveForGood();
                break;
            case ReleaseSocket:
                CloseTransport(CloseReason.Replaced);
                DetachFeeds(mayComeBack: false);
                Sender.Tell(new SocketReleased(_socket, AllFeeds(), _term));
                Context.Stop(Self);
                break;
            default:
                Unhandled(command);
                break;
        }
    }

    private void Detach(ConnectionEnded ended)
    {
        if (!ReferenceEquals(ended.Transport, _transport))
            return; // it has another one by now
        DropTransport();
        _isOtherNow = ended.IsOtherNow;
        if (ended.IsGoodbye)
        {
            LeaveForGood();
            return;
        }
        WaitForClient();
    }

    private void WaitForClient()
    {
        DetachFeeds(mayComeBack: true);
        Timers.StartSingleTimer(WindowClosed.Instance, WindowClosed.Instance, _options.ResumeWindow);
    }

    private void DetachFeeds(bool mayComeBack)
    {
        foreach (var feed in _feeds)
            RelayOf(feed).Tell(new Detach(feed, _socket, mayComeBack));
    }

    private void LeaveForGood()
    {
        _left = _leaving ? _left : AllFeeds();
        _leaving = true;
        Timers.Cancel(WindowClosed.Instance);
        if (_feeds.Count == 0 && _asked.Count == 0)
            Go();
        else
            LeaveFeeds(ActorRefs.Nobody, _nodes.Self);
    }

    private void Go()
    {
        if (!_isOtherNow && !_hasTakenLeave)
            Context.System.EventStream.Publish(Gone());
        Context.Stop(Self);
    }

    private void SayWhatIsLeft()
    {
        var isTold = _isOtherNow || _hasTakenLeave;
        _hasTakenLeave = true;
        Sender.Tell(isTold ? new UnknownSocket(_socket) : Gone());
    }

    private SocketGone Gone() => new(_socket, _user, _since, _leaving ? _left : AllFeeds(), MayComeBack: !_leaving);

    private IActorRef RelayOf(FeedId feed) => _nodes.RelayOf(_nodes.Self, feed)
        ?? throw new InvalidOperationException("A node always knows its own relays.");

    private sealed record Inherited(FeedId[] Feeds, bool IsLeaving);

    private sealed class WindowClosed : INotInfluenceReceiveTimeout
    {
        public static readonly WindowClosed Instance = new();
    }
}
