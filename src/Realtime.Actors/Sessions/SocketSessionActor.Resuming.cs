using Akka.Actor;

namespace Realtime.Actors.Sessions;

// How a socket comes back: on the session that waited here, or on a new one that takes over from another node, dead or alive.
internal sealed partial class SocketSessionActor
{
    private static readonly TimeSpan ReleaseWithin = TimeSpan.FromSeconds(3);

    private bool _knowsItsFeeds;
    private long _term; // of a socket that has never moved; see ISessionCommand.Term

    private void Take(ResumeSession resume)
    {
        if (_leaving)
        {
            Sender.Tell(new UnknownSocket(_socket));
            return;
        }
        Timers.Cancel(WindowClosed.Instance);
        Attach(resume.Transport);
        TellKeeper(isOpen: true);
        _seen?.ForgetAllBut(resume.Seen);
        var others = _nodes.Alive.Where(node => node != _nodes.Self).Select(_nodes.SessionsOf).OfType<IActorRef>().ToArray();
        if (_feeds.Count > 0 || _knowsItsFeeds)
            Resume(resume, [], Sender);
        else
            Gather(resume, others, Sender).PipeTo(Self);
    }

    private async Task<ReleaseAnswers> Gather(ResumeSession resume, IActorRef[] others, IActorRef replyTo)
    {
        var answers = await Task.WhenAll(others.Select(Release)).ConfigureAwait(false);
        return new ReleaseAnswers(resume, replyTo, [.. answers.OfType<SocketReleased>().SelectMany(answer => answer.Feeds)],
            answers.OfType<SocketReleased>().Select(answer => answer.Term + 1).Append(TermOfNow()).Max());
    }

    // By the clock, for a session that cannot be asked any more; and more than that of any that can, however its clock goes.
    private long TermOfNow() => _time.GetUtcNow().UtcTicks;

    private async Task<ISocketReply> Release(IActorRef sessions)
    {
        try
        {
            return await sessions.Ask<ISocketReply>(new ReleaseSocket(_socket), ReleaseWithin).ConfigureAwait(false);
        }
        catch (AskTimeoutException)
        {
            // A node that is dying, or has no sessions: what the client says it was in decides.
            return new UnknownSocket(_socket);
        }
    }

    private void Take(ReleaseAnswers answers)
    {
        _term = Math.Max(_term, answers.Term);
        if (ReferenceEquals(answers.Resume.Transport, _transport))
            Resume(answers.Resume, answers.Feeds, answers.ReplyTo);
        else
            Keep(answers.Feeds);
    }

    // The connection is gone already, but the other node has let go of these: nobody else knows of them now.
    private void Keep(IReadOnlyList<FeedId> released)
    {
        foreach (var feed in released)
        {
            if (!_feeds.Contains(feed) && !_behind.ContainsKey(feed))
                AskFeed(new Resume(feed, _socket, _nodes.Self, null, ++_lastOp, _term), Nobody.Instance);
        }
    }

    private void Resume(ResumeSession resume, IReadOnlyList<FeedId> released, IActorRef replyTo)
    {
        _knowsItsFeeds = true;
        var feeds = _feeds.Union(released).Union(resume.Seen.Keys).ToArray();
        var outcome = new Resuming(_socket, Self, replyTo, feeds.Length);
        if (feeds.Length == 0)
            outcome.Finish();
        foreach (var feed in feeds)
        {
            Position? seen = resume.Seen.TryGetValue(feed, out var position) ? position : null;
            AskFeed(new Resume(feed, _socket, _nodes.Self, seen, ++_lastOp, _term), outcome);
        }
    }

    // As a client that has seen nothing, since nobody knows what the relay had passed on: the client is told that it may have missed
    // something, and can ask for what is kept.
    private void Take(RelayBeganAnew anew)
    {
        if (_leaving)
            return; // asks again by itself
        foreach (var feed in _feeds.Where(feed => RelayRouting.ActorName(RelayRouting.IndexOf(feed)) == anew.Relay).ToArray())
            AskFeed(new Resume(feed, _socket, _nodes.Self, null, ++_lastOp, _term), new AfterLoss(this));
    }

    private sealed record AfterLoss(SocketSessionActor Session) : IWaiting
    {
        public void Take(IMemberReply reply)
        {
            if (reply is Resumed resumed && Session._transport is { } transport)
                Session.Write(transport.Format.EncodeMissed(resumed.Feed, resumed.From));
        }
    }

    private sealed record ReleaseAnswers(ResumeSession Resume, IActorRef ReplyTo, IReadOnlyList<FeedId> Feeds, long Term);

    /// <summary>Waits for every feed, then tells the client where it stands, or that it has to ask again.</summary>
    private sealed class Resuming(SocketId socket, IActorRef self, IActorRef replyTo, int awaited) : IWaiting
    {
        private readonly List<ResumedFeed> _resumed = [];
        private int _awaited = awaited;
        private bool _isUnavailable;

        public void Take(IMemberReply reply)
        {
            _isUnavailable |= reply is MemberRefused;
            if (reply is Resumed or NotMember)
                ActorMetrics.Resumes.Add(1, ActorMetrics.Recovered(reply is Resumed { Recovered: true }));
            if (reply is Resumed resumed)
                _resumed.Add(new ResumedFeed(resumed.Feed, resumed.From, resumed.Recovered));
            if (--_awaited == 0)
                Finish();
        }

        public void Finish() =>
            replyTo.Tell(_isUnavailable ? new SessionUnavailable(socket) : new SessionResumed(socket, self, _resumed), self);
    }
}
