using System.Collections.Immutable;
using Sockets = System.Collections.Immutable.ImmutableHashSet<Realtime.Actors.Names.SocketId>;

namespace Realtime.Actors.Topics;

/// <summary>
/// Who watches a model and who is subscribed to its records. The watchers' set is shared with each record that is
/// introduced to them, so a thousand new records cost a thousand references, not copies. Sockets that left stay in those
/// sets until there are many of them, or one comes back: <see cref="Members"/> says who is still there, and
/// <see cref="Departed"/> who is to be taken out.
/// </summary>
internal sealed record TopicState(
    Members Members,
    Sockets Watchers,
    ImmutableDictionary<RecordId, Sockets> Subscribers,
    ImmutableQueue<(RecordId Record, Sockets Had)> Retired,
    Sockets Departed) : IFeedState<TopicState>
{
    // As many as history may reach back to: who missed that a record was destroyed can still be told.
    private const int RetiredKept = 256;

    // A walk over all records pays once that many sockets have left.
    private const int SweepAfter = 64;

    public static readonly TopicState Empty = new(Members.None, [], ImmutableDictionary<RecordId, Sockets>.Empty, [], []);

    public IFeedEvent? Decide(IFeedCommand command, DateTimeOffset now) => command switch
    {
        Subscribe subscribe => Decide(subscribe, now),
        Unsubscribe unsubscribe => Decide(unsubscribe),
        Publish { Verb: Verb.Created, Record: { } born } when !Watchers.IsEmpty => new RecordIntroduced(born),
        Publish { Verb: Verb.Destroyed, Record: { } dead } when Subscribers.ContainsKey(dead) => new RecordRetired(dead),
        IPublication => null,
        _ => CommonRules.Decide(Members, command),
    };

    public TopicState Apply(IFeedEvent happened) => happened switch
    {
        SubscriberAdded added => Apply(added),
        SubscriberReduced reduced => Apply(reduced),
        RecordIntroduced introduced => this with { Subscribers = Subscribers.SetItem(introduced.Record, Union(introduced.Record)) },
        RecordRetired retired => Apply(retired),
        MemberLeft left => Apply(left),
        NodeExpired expired => Apply(expired),
        FeedChanged changed => changed.Events.Aggregate(this, static (state, inner) => state.Apply(inner)),
        _ => this with { Members = CommonRules.Apply(Members, happened) },
    };

    public IMemberReply Answer(IMemberCommand command, Position position) => command switch
    {
        Subscribe subscribe =>
            new Subscribed(subscribe.Feed, subscribe.Socket, subscribe.Op, position, subscribe.Records, Watchers.Contains(subscribe.Socket)),
        Unsubscribe unsubscribe =>
            new Unsubscribed(unsubscribe.Feed, unsubscribe.Socket, unsubscribe.Op, unsubscribe.Records, unsubscribe.Unwatch),
        _ => throw new NotSupportedException($"A topic has no answer to {command.GetType().Name}."),
    };

    public IEnumerable<Envelope> Heard(SocketId socket, IReadOnlyList<Envelope> missed)
    {
        // From the last to the first: what was said of a record before it was destroyed is missed as well, but not what was said of one
        // that has its id since.
        var (heard, destroyed) = (new Stack<Envelope>(), new HashSet<RecordId>());
        foreach (var message in missed.Reverse())
        {
            if (message is { Verb: Verb.Destroyed, Record: { } dead } && WasSubscribed(socket, dead))
                destroyed.Add(dead);
            if (message.Omit != socket && Hears(socket, message, destroyed))
                heard.Push(message);
        }
        return heard;
    }

    public int AudienceOf(Envelope message) => message.Verb is null or Verb.Created
        ? Watchers.Count
        : Subscribers.TryGetValue(message.Record!.Value, out var sockets) ? sockets.Count(Members.Contains) : 0;

    public (IReadOnlyList<RecordId> Records, bool Watches) SubscriptionsOf(SocketId socket) =>
        ([.. Subscribers.Where(entry => entry.Value.Contains(socket)).Select(entry => entry.Key)], Watchers.Contains(socket));

    public IFeedSnapshot ToSnapshot(FeedRest? rest) => new TopicSnapshot(
        [.. Members.All],
        [.. Watchers],
        [.. Subscribers.Select(entry => new RecordSubscribers(entry.Key, [.. entry.Value.Where(Members.Contains)]))
            .Where(entry => entry.Sockets.Length > 0)],
        rest,
        [.. Retired.Select(gone => new RecordSubscribers(gone.Record, [.. gone.Had.Where(Members.Contains)]))]);

    public static TopicState From(TopicSnapshot snapshot) => new(
        Members.Of(snapshot.Members),
        [.. snapshot.Watchers],
        snapshot.Subscribers.ToImmutableDictionary(entry => entry.Record, entry => entry.Sockets.ToImmutableHashSet()),
        [.. snapshot.Retired.Select(gone => (gone.Record, gone.Sockets.ToImmutableHashSet()))],
        []);

    private bool Hears(SocketId socket, Envelope message, HashSet<RecordId> destroyedSince) => message.Verb switch
    {
        null or Verb.Created => Watchers.Contains(socket),
        Verb.Destroyed => destroyedSince.Contains(message.Record!.Value),
        _ => IsSubscribed(socket, message.Record!.Value) || destroyedSince.Contains(message.Record!.Value),
    };

    private bool IsSubscribed(SocketId socket, RecordId record) =>
        Subscribers.TryGetValue(record, out var sockets) && sockets.Contains(socket) && Members.Contains(socket);

    private bool WasSubscribed(SocketId socket, RecordId record) =>
        Retired.Any(gone => gone.Record == record && gone.Had.Contains(socket));

    private SubscriberAdded? Decide(Subscribe subscribe, DateTimeOffset now)
    {
        ImmutableArray<RecordId> added = [.. subscribe.Records.Where(record => !IsSubscribed(subscribe.Socket, record)).Distinct()];
        var watches = subscribe.Watch && !Watchers.Contains(subscribe.Socket);
        if (added.IsEmpty && !watches && Members.Find(subscribe.Socket)?.IsMovedBy(subscribe) == false)
            return null;
        return new SubscriberAdded(subscribe.Socket, subscribe.Node, now, added, watches, subscribe.Term);
    }

    private SubscriberReduced? Decide(Unsubscribe unsubscribe)
    {
        ImmutableArray<RecordId> given = [.. unsubscribe.Records.Where(record => IsSubscribed(unsubscribe.Socket, record)).Distinct()];
        var unwatched = unsubscribe.Unwatch && Watchers.Contains(unsubscribe.Socket);
        return given.IsEmpty && !unwatched ? null : new SubscriberReduced(unsubscribe.Socket, given, unwatched);
    }

    private TopicState Apply(SubscriberAdded added)
    {
        // What it was subscribed to before it left is not its own any more.
        if (Departed.Contains(added.Socket))
            return Swept().Apply(added);
        var subscribers = Subscribers.ToBuilder();
        // Those who left stay in it: to look for them here would cost each subscriber a look at all before it.
        foreach (var record in added.Records)
            subscribers[record] = (subscribers.TryGetValue(record, out var sockets) ? sockets : []).Add(added.Socket);
        return this with
        {
            Members = Members.Moved(added.Socket, added.Node, added.Term).With(new Member(added.Socket, added.Node, added.At, null, added.Term)),
            Watchers = added.Watches ? Watchers.Add(added.Socket) : Watchers,
            Subscribers = subscribers.ToImmutable(),
        };
    }

    private TopicState Apply(SubscriberReduced reduced)
    {
        var subscribers = Subscribers.ToBuilder();
        foreach (var record in reduced.Records)
        {
            if (subscribers.TryGetValue(record, out var sockets))
                Put(subscribers, record, sockets.Remove(reduced.Socket));
        }
        return this with
        {
            Watchers = reduced.Unwatched ? Watchers.Remove(reduced.Socket) : Watchers,
            Subscribers = subscribers.ToImmutable(),
        };
    }

    private TopicState Apply(RecordRetired retired)
    {
        var kept = Retired.Enqueue((retired.Record, Alive(retired.Record)));
        return this with
        {
            Subscribers = Subscribers.Remove(retired.Record),
            Retired = kept.Count() > RetiredKept ? kept.Dequeue() : kept,
        };
    }

    private TopicState Apply(NodeExpired expired)
    {
        var members = CommonRules.Apply(Members, expired);
        var gone = Members.All.Where(member => member.Node == expired.Node).Select(member => member.Socket);
        return (this with { Members = members, Watchers = [.. Watchers.Where(members.Contains)], Departed = Departed.Union(gone) }).SweptIfDue();
    }

    private TopicState Apply(MemberLeft left)
    {
        if (!Members.Contains(left.Socket))
            return this;
        return (this with
        {
            Members = CommonRules.Apply(Members, left),
            Watchers = Watchers.Remove(left.Socket),
            Departed = Departed.Add(left.Socket),
        }).SweptIfDue();
    }

    private TopicState SweptIfDue() => Departed.Count > Members.Count + SweepAfter ? Swept() : this;

    // Takes those who left out of every record's set; a set that many records share stays shared.
    private TopicState Swept()
    {
        var subscribers = Subscribers.ToBuilder();
        var swept = new Dictionary<Sockets, Sockets>(ReferenceEqualityComparer.Instance);
        foreach (var (record, sockets) in Subscribers)
        {
            if (!swept.TryGetValue(sockets, out var left))
                swept.Add(sockets, left = ReferenceEquals(sockets, Watchers) ? Watchers : sockets.Except(Departed));
            Put(subscribers, record, left);
        }
        return this with { Subscribers = subscribers.ToImmutable(), Departed = [] };
    }

    // Where nobody was subscribed by himself, the record gets the watchers' own set: no copy.
    private Sockets Union(RecordId record) => Subscribers.TryGetValue(record, out var sockets) ? sockets.Union(Watchers) : Watchers;

    private Sockets Alive(RecordId record) => Subscribers.TryGetValue(record, out var sockets)
        ? sockets.Except(sockets.Where(socket => !Members.Contains(socket)))
        : [];

    private static void Put(ImmutableDictionary<RecordId, Sockets>.Builder subscribers, RecordId record, Sockets sockets)
    {
        if (sockets.IsEmpty)
            subscribers.Remove(record);
        else
            subscribers[record] = sockets;
    }
}

/// <summary>The stored form of a <see cref="TopicState"/>.</summary>
public sealed record TopicSnapshot(
    ImmutableArray<Member> Members,
    ImmutableArray<SocketId> Watchers,
    ImmutableArray<RecordSubscribers> Subscribers,
    FeedRest? Rest,
    ImmutableArray<RecordSubscribers> Retired) : IFeedSnapshot
{
    /// <inheritdoc/>
    /// <remarks>No topic has a name so long.</remarks>
    public IFeedSnapshot Named(string name) => this;
}

/// <summary>The subscribers of one record.</summary>
public sealed record RecordSubscribers(RecordId Record, ImmutableArray<SocketId> Sockets);
