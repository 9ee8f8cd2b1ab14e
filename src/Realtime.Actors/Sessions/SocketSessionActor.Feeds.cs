using System.Runtime.InteropServices;
using Akka.Actor;
using Akka.Event;
using Realtime.Actors.Topics;

namespace Realtime.Actors.Sessions;

// What the session asks of feeds, through the relays, and what it is told.
internal sealed partial class SocketSessionActor
{
    private readonly Dictionary<int, Asked> _asked = [];

    // One command to a feed at a time, so that asking again never overtakes a later one: a leave would undo the join behind it.
    private readonly Dictionary<FeedId, Queue<Asked>?> _behind = [];

    // Begins anywhere, so that an answer to a former session of this socket on this node is not taken for one to this.
    private int _lastOp = Random.Shared.Next();

    private void Ask(IMemberCommand command) => Ask(command, Sender);

    private void Ask(IMemberCommand command, IActorRef replyTo)
    {
        if (_leaving)
        {
            replyTo.Tell(new UnknownSocket(_socket));
            return;
        }
        AskFeed(command, new Caller(replyTo));
    }

    private void AskFeed(IMemberCommand command, IWaiting waiting)
    {
        var asked = new Asked(command, waiting, 1, false);
        ref var behind = ref CollectionsMarshal.GetValueRefOrAddDefault(_behind, command.Feed, out var isBusy);
        if (isBusy)
            (behind ??= new()).Enqueue(asked);
        else
            Begin(asked);
    }

    private void Begin(Asked asked)
    {
        _asked.Add(asked.Command.Op, asked);
        PassOn(asked.Command);
        if (!Timers.IsTimerActive(AskAgain.Instance))
            Timers.StartPeriodicTimer(AskAgain.Instance, AskAgain.Instance, _options.AskAgainAfter);
    }

    private void Finish(Asked asked, Asked? first = null)
    {
        _asked.Remove(asked.Command.Op);
        if (first is not null)
            Begin(first);
        else if (_behind[asked.Command.Feed] is { } behind && behind.TryDequeue(out var next))
            Begin(next);
        else
            _behind.Remove(asked.Command.Feed);
    }

    private void PassOn(IMemberCommand command) =>
        RelayOf(command.Feed).Tell(new PassOn(command, Self, _transport?.Format));

    // Those that it is about to join are left as well.
    private FeedId[] AllFeeds() => [.. _feeds.Union(_behind.Keys)];

    private void LeaveFeeds(IActorRef replyTo, NodeId? node)
    {
        var feeds = AllFeeds();
        // Whoever asked is told that it is done only where every room and topic has said so.
        var all = new Gathering(feeds.Length, refused => replyTo.Tell(refused is null ? new SocketDone(_socket) : refused));
        if (feeds.Length == 0)
            all.Finish();
        foreach (var feed in feeds)
            AskFeed(new Leave(feed, _socket, ++_lastOp, node), all);
    }

    private void Take(IMemberReply reply)
    {
        if (!_asked.TryGetValue(reply.Op, out var asked))
            return; // answered before
        if (reply is MemberRefused && MustSucceed(asked))
            return; // asked again when it is due: nobody else would do it
        switch (reply)
        {
            case Left or NotMember:
                _feeds.Remove(reply.Feed);
                break;
            case Resumed resumed:
                _feeds.Add(resumed.Feed);
                WriteMissed(resumed);
                break;
            case Joined joined:
                Enter(joined.Feed, joined.From);
                break;
            case Subscribed subscribed:
                Enter(subscribed.Feed, subscribed.From);
                break;
        }
        asked.Waiting.Take(reply);
        Finish(asked, reply is MemberRefused { Code: ErrorCodes.Unavailable } ? Undoing(asked) : null);
        StopWhenLeft();
    }

    // Its client may know nothing of this, and would have no position to resume from before it heard a message.
    private void Enter(FeedId feed, Position from)
    {
        _feeds.Add(feed);
        if (_transport?.Format.EncodeEntered(feed, from) is { } notice)
            Write(notice);
    }

    private void AskAgainWhereDue()
    {
        foreach (var asked in _asked.Values.ToArray())
        {
            if (!asked.Waited)
                _asked[asked.Command.Op] = asked with { Waited = true };
            else if (asked.Attempts < _options.Attempts || _leaving || MustSucceed(asked))
                Again(asked);
            else
                GiveUp(asked);
        }
        if (_asked.Count == 0)
            Timers.Cancel(AskAgain.Instance);
        StopWhenLeft();
    }

    private void Again(Asked asked)
    {
        // Whoever leaves for good goes on until it is done: nobody else would do it for as long as this node lives.
        if (asked.Attempts % 10 == 0)
            Log.Warning("{0} has not answered {1} of socket {2} after {3} attempts.", asked.Command.Feed, asked.Command.GetType().Name, _socket, asked.Attempts);
        _asked[asked.Command.Op] = asked with { Attempts = asked.Attempts + 1 };
        PassOn(asked.Command);
    }

    private void GiveUp(Asked asked)
    {
        var command = asked.Command;
        RelayOf(command.Feed).Tell(new GivenUp(_socket, command.Op));
        asked.Waiting.Take(new MemberRefused(command.Feed, _socket, command.Op, ErrorCodes.Unavailable,
            $"The {command.Feed} did not answer in time: retry."));
        Finish(asked, Undoing(asked));
    }

    // A leave for good; or a return to a feed that the client does not know of, and would not ask for again.
    private bool MustSucceed(Asked asked) => asked.Command switch
    {
        Leave => _leaving,
        Feeds.Resume => asked.Waiting is not Resuming,
        _ => false,
    };

    // The feed may have taken it all the same: what the caller was told must be true in the end. Before whatever waits behind it: a
    // join that was asked for again must not be undone for the sake of the first one.
    private Asked? Undoing(Asked asked)
    {
        var feed = asked.Command.Feed;
        switch (asked.Command)
        {
            // Its relay has let go of it already; unless what waits behind it brings it back, or leaves again.
            case Leave when _feeds.Contains(feed) && !_leaving && !(_behind[feed] is { } behind && behind.TryPeek(out var next) && next.Command is ISessionCommand or Leave):
                return new(new Resume(feed, _socket, _nodes.Self, null, ++_lastOp, _term), new AfterLoss(this), 1, false);
            // It may be a member still: the client asks again, or the window closes and it leaves.
            case Feeds.Resume:
                _feeds.Add(feed);
                return null;
            case not Leave when !_feeds.Contains(feed):
                return new(new Leave(feed, _socket, ++_lastOp, _nodes.Self), Nobody.Instance, 1, false);
            default:
                return null;
        }
    }

    private void StopWhenLeft()
    {
        if (_leaving && _asked.Count == 0)
            Go();
    }

    private sealed record Asked(IMemberCommand Command, IWaiting Waiting, int Attempts, bool Waited);

    /// <summary>Somebody who waits for a feed's answer.</summary>
    private interface IWaiting
    {
        void Take(IMemberReply reply);
    }

    private sealed record Caller(IActorRef ReplyTo) : IWaiting
    {
        public void Take(IMemberReply reply) => ReplyTo.Tell(reply);
    }

    private sealed class Nobody : IWaiting
    {
        public static readonly Nobody Instance = new();

        public void Take(IMemberReply reply)
        {
        }
    }

    /// <summary>Waits for several answers, and keeps the first refusal among them.</summary>
    private sealed class Gathering(int awaited, Action<MemberRefused?> finish) : IWaiting
    {
        private int _awaited = awaited;
        private MemberRefused? _refused;

        public void Take(IMemberReply reply)
        {
            _refused ??= reply as MemberRefused;
            if (--_awaited == 0)
                Finish();
        }

        public void Finish() => finish(_refused);
    }

    private sealed class AskAgain : INotInfluenceReceiveTimeout
    {
        public static readonly AskAgain Instance = new();
    }
}
