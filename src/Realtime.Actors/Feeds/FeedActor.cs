using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.Event;
using Akka.Persistence;
using Realtime.Actors.Cluster;
using Envelope = Realtime.Actors.Delivery.Envelope;

namespace Realtime.Actors.Feeds;

/// <summary>
/// A room or a topic: owns the membership, which is written before anybody is told, and numbers every message. Commands
/// that arrive during a write share the next row. A message that changes nothing is numbered and sent at once.
/// It never talks to a socket, but sends one <see cref="Deliver"/> to each node that has members.
/// </summary>
/// <remarks>Order of members and messages at a node holds because answers to members and messages take the same way: through that
/// node's relay.</remarks>
internal abstract partial class FeedActor<TState> : UntypedPersistentActor, IWithTimers
    where TState : class, IFeedState<TState>
{
    private readonly FeedId _feed;
    private readonly FeedOptions _options;
    private readonly ClusterNodes _nodes;
    private readonly TimeProvider _time;
    private readonly IdempotencyWindow<Published> _receipts;
    private readonly TState _empty;
    private readonly string? _longName;

    private TState _state;
    private Sequencer _sequencer;
    private List<Waiting> _waiting = [];
    private ImmutableArray<Waiting> _inFlight = [];
    private int _publicationsWaiting;
    private bool _writing;
    private bool _writeIsDue;
    private bool _stopping;
    private bool _asleep = true; // nobody has wanted anything of it but to look for lost nodes

    protected FeedActor(FeedId feed, TState empty, FeedOptions options, ClusterNodes nodes, TimeProvider time)
    {
        (_feed, _empty, _options, _nodes, _time) = (feed, empty, options, nodes, time);
        _state = empty;
        _receipts = new IdempotencyWindow<Published>(options.IdempotencyKeys);
        _sequencer = new Sequencer(Position.Start(time.GetUtcNow()), options.History);
        PersistenceId = FeedRouting.PersistenceIdOf(feed);
        _longName = FeedRouting.LongNameOf(feed);
    }

    public override string PersistenceId { get; }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart()
    {
        if (_options.WatchesItself)
            Context.SetReceiveTimeout(_options.IdleAfter);
        base.PreStart();
        ActorMetrics.FeedsAwake.Add(1, ActorMetrics.Kind(_feed.IsTopic));
    }

    protected override void PostStop()
    {
        ActorMetrics.FeedsAwake.Add(-1, ActorMetrics.Kind(_feed.IsTopic));
        base.PostStop();
    }

    /// <summary>What the members are to be told of a change among them, in the same turn; null when nothing.</summary>
    protected virtual IPublication? Announce(TState before, TState after, IEnumerable<IFeedEvent> happened) => null;

    protected override void OnCommand(object message)
    {
        if (HoldUp(message))
            return;
        _asleep &= message is not IWithFeed or CheckNodes;
        switch (message)
        {
            case MembersHere here:
                Take(here);
                break;
            case IFeedCommand late when _restingAt is not null:
                Refuse([new Waiting(late, Sender)]); // its numbers are written down already
                break;
            case IPublication { Data: var data } when !JsonText.IsValid(data.Span):
                Sender.Tell(new Refused(_feed, ErrorCodes.InvalidRequest, "The data must be one JSON value, in UTF-8."));
                break;
            case IPublication publication when TrySayAtOnce(publication):
                break;
            case IFeedCommand command:
                Enqueue(new Waiting(command, Sender));
                break;
            case CheckNodes:
                Check();
                break;
            case IFeedQuery query:
                Sender.Tell(Answer(query));
                break;
            case RollDue:
                CallRollAgain();
                break;
            case LostNodeDue due:
                ExpireNode(due.Node);
                break;
            case WriteNext:
                _writeIsDue = false;
                Write();
                break;
            case ReceiveTimeout when WaitsForLostMembers:
                break; // their time would begin anew when it wakes
            case ReceiveTimeout:
                Context.Parent.Tell(new Passivate(StopFeed.Instance), Self);
                break;
            case StopFeed:
                _stopping = true;
                Write();
                break;
            default:
                if (!TakeStorageAnswer(message))
                    Unhandled(message);
                break;
        }
    }

    private bool TrySayAtOnce(IPublication publication)
    {
        if (_receipts.TryGet(publication.Key, out var receipt))
        {
            Sender.Tell(receipt);
            return true;
        }
        // What waits for a write keeps its place: later messages queue behind it.
        if (publication.IsTransient && _publicationsWaiting == 0)
        {
            Sender.Tell(Pass(publication, _state));
            return true;
        }
        if (_options.Durable || _rest is not null || _publicationsWaiting > 0)
            return false;
        var now = _time.GetUtcNow();
        if (_state.Decide(publication, now) is not null)
            return false;
        Sender.Tell(Say(publication.ToEnvelope(_sequencer.Position.Seq + 1), publication.Key, _state, now));
        _receipts.Trim();
        return true;
    }

    private Published Say(Envelope message, string? key, TState before, DateTimeOffset now)
    {
        _sequencer.Take(message, now);
        Deliver(message);
        var receipt = new Published(_feed, _sequencer.Position, before.AudienceOf(message));
        _receipts.Keep(key, receipt);
        return receipt;
    }

    // Without a number, so that no position moves and nobody misses it.
    private Published Pass(IPublication publication, TState before)
    {
        var message = publication.ToEnvelope(0);
        Deliver(message);
        return new Published(_feed, _sequencer.Position, before.AudienceOf(message));
    }

    private void Deliver(Envelope message)
    {
        ActorMetrics.Messages.Add(1, ActorMetrics.Kind(_feed.IsTopic));
        var deliver = new Deliver(_feed, _sequencer.Position.Epoch, message);
        foreach (var (node, _) in _state.Members.Nodes)
            _nodes.RelayOf(node, _feed)?.Tell(deliver, Self);
    }

    private void Enqueue(Waiting waiting)
    {
        if (waiting.Command is IPublication)
            _publicationsWaiting++;
        _waiting.Add(waiting);
        WriteSoon();
    }

    // Behind whatever has arrived at this node: those who come together, each on a connection of its own, share a row.
    private void WriteSoon()
    {
        if (_writing || _writeIsDue)
            return;
        if (_options.TransientMembership)
        {
            Write(); // there is no row to share
            return;
        }
        _writeIsDue = true;
        ThreadPool.UnsafeQueueUserWorkItem(static feed => feed.Tell(WriteNext.Instance, ActorRefs.NoSender), Self, preferLocal: false);
    }

    private void Write()
    {
        if (_writing)
            return;
        if (_waiting.Count == 0)
        {
            if (_stopping)
                BeginToStop();
            return;
        }
        var turn = Decide(_waiting, _time.GetUtcNow());
        if (_options.TransientMembership)
            turn.Events.RemoveAll(static happened => happened is not (MessageSaid or FeedWoke));
        var events = turn.Events.ToImmutable();
        (_waiting, _inFlight, _writing) = ([], turn.Decided.ToImmutable(), true);
        if (events.Length > 0)
        {
            ActorMetrics.EventsPerRow.Record(events.Length);
            var began = _time.GetTimestamp();
            PersistAsync(new FeedChanged(events, _longName), _ =>
            {
                ActorMetrics.WriteDuration.Record(_time.GetElapsedTime(began).TotalSeconds);
                _hasRows = true;
                Done(woke: events[0] is FeedWoke);
            });
        }
        else
            Done(woke: false);
    }

    private void Done(bool woke)
    {
        var (batch, now) = (_inFlight, _time.GetUtcNow());
        (_writing, _inFlight) = (false, []);
        if (woke)
            Apply(FeedWoke.Instance);
        foreach (var waiting in batch)
        {
            var before = _state;
            _state = waiting.After!;
            waiting.ReplyTo.Tell(Complete(waiting, before, now), Self);
        }
        _receipts.Trim();
        SnapshotIfDue();
        if (_waiting.Count > 0 && !_stopping)
            WriteSoon();
        else
            Write();
    }

    private object Complete(Waiting waiting, TState before, DateTimeOffset now)
    {
        switch (waiting.Command)
        {
            case IPublication publication:
                _publicationsWaiting--;
                if (publication.IsTransient)
                    return Pass(publication, before);
                if (_receipts.TryGet(publication.Key, out var receipt))
                    return receipt!;
                return Say(waiting.Said ?? publication.ToEnvelope(_sequencer.Position.Seq + 1), publication.Key, before, now);
            case ISessionCommand late when IsOvertaken(late, before):
                return new NotMember(_feed, late.Socket, late.Op);
            case Leave leave:
                return new Left(leave.Feed, leave.Socket, leave.Op, before.Members.Contains(leave.Socket) && !_state.Members.Contains(leave.Socket));
            case Resume resume:
                return Answer(resume, now);
            case IMemberCommand member:
                return _state.Answer(member, _sequencer.Position);
            default:
                return Akka.Done.Instance;
        }
    }

    // Of a session whose socket has come back on another node since. That it is there no longer is for that node's loss to say.
    private bool IsOvertaken(ISessionCommand command, TState state) =>
        state.Members.AreBeyond(command.Node)
        && state.Members.Find(command.Socket) is { } member && member.Node != command.Node && command.Term < member.Term && _nodes.IsAlive(member.Node);

    // A timer for each node: one that is lost later does not put off the end of another's time.
    private void LookForLostNodes()
    {
        foreach (var (node, _) in _state.Members.Nodes)
        {
            if (!_nodes.IsAlive(node) && !Timers.IsTimerActive(node))
                Timers.StartSingleTimer(node, new LostNodeDue(node), _options.ResumeWindow);
        }
    }

    // A sweep wakes all that are stored: one that has nobody to wait for does not stay in memory for it.
    private void Check()
    {
        LookForLostNodes();
        if (_asleep && _rollCall is null && !WaitsForLostMembers)
            Context.Parent.Tell(new Passivate(StopFeed.Instance), Self);
    }

    private bool WaitsForLostMembers => _state.Members.Nodes.Any(entry => Timers.IsTimerActive(entry.Node));

    private void ExpireNode(NodeId lost)
    {
        // A node that was only not known yet when this feed woke is alive by now.
        if (!_nodes.IsAlive(lost))
            Enqueue(new Waiting(new ExpireNodes(_feed, [lost]), ActorRefs.Nobody));
    }

    // One may come after a feed that was asked to stop has written what waited.
    private sealed class WriteNext : INotInfluenceReceiveTimeout, IDeadLetterSuppression
    {
        public static readonly WriteNext Instance = new();
    }

    private sealed record LostNodeDue(NodeId Node) : INotInfluenceReceiveTimeout;
}
