using Realtime.Actors.Delivery;

namespace Realtime.Actors.Feeds;

// What a feed answers to those who ask, and change nothing.
internal abstract partial class FeedActor<TState>
{
    private IMemberReply Answer(Resume resume, DateTimeOffset now)
    {
        if (!_state.Members.Contains(resume.Socket))
            return new NotMember(_feed, resume.Socket, resume.Op);
        var missed = resume.After is { } seen ? _sequencer.Since(seen, now) : null;
        var (records, watches) = _state.SubscriptionsOf(resume.Socket);
        return new Resumed(
            _feed, resume.Socket, resume.Op, _sequencer.Position, missed is not null,
            missed is null ? [] : [.. _state.Heard(resume.Socket, missed)], records, watches,
            _options.TransientMembership ? _state.Members.Find(resume.Socket) : null);
    }

    private IFeedReply Answer(IFeedQuery query) => query switch
    {
        Describe => new FeedDescription(_feed, _sequencer.Position, _state.Members.Count, _sequencer.History.Count),
        ListMembers list => MembersAfter(list),
        Replay replay => Missed(replay),
        ReadHistory read => Kept(read),
        _ => throw new NotSupportedException($"A feed has no answer to {query.GetType().Name}."),
    };

    private MemberPage MembersAfter(ListMembers list)
    {
        var page = _state.Members.Page(list.After, list.Limit + 1);
        var more = page.Count > list.Limit;
        return new MemberPage(_feed, _state.Members.Count, more ? [.. page.Take(list.Limit)] : page, more);
    }

    private Replayed Missed(Replay replay)
    {
        var now = _time.GetUtcNow();
        if (_sequencer.Since(replay.After, now) is { } missed)
            return new Replayed(_feed, _sequencer.Position, true, missed);
        // All that is kept of this epoch: the relay tells its members that there was more.
        return new Replayed(_feed, _sequencer.Position, false, _sequencer.History.After(0));
    }

    private HistoryPage Kept(ReadHistory read)
    {
        var missed = read.After is { } after ? _sequencer.Since(after, _time.GetUtcNow()) : null;
        var complete = missed is not null || (read.After is null && _sequencer.History.ReachesBackTo == 0);
        var found = missed ?? _sequencer.History.After(0);
        return new HistoryPage(_feed, _sequencer.Position, complete, [.. found.Take(read.Limit)], found.Count > read.Limit);
    }
}
