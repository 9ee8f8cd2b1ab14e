using Akka.Actor;

namespace Realtime.Actors.Delivery;

/// <summary>
/// One feed as a relay sees it: who of this node hears it, how far it has been heard, and what waits. Pure bookkeeping;
/// the relay does the talking.
/// </summary>
internal sealed class RelayFeed(FeedId feed)
{
    // A walk over all records pays once that many members have gone.
    private const int SweepAfter = 64;

    private readonly Dictionary<SocketId, LocalMember> _members = [];
    private readonly Dictionary<RecordId, LocalAudience> _records = [];
    private readonly LocalAudience _everybody = new();

    private int _goneFromRecords;

    public FeedId Feed { get; } = feed;

    /// <summary>The last message that was passed on, or the place where the first member came in.</summary>
    public Position Position { get; set; }

    /// <summary>Messages in order that wait for the next flush.</summary>
    public List<Envelope> Batch { get; } = [];

    /// <summary>Given while messages are missing: what came after the gap, in the order it came.</summary>
    public List<IWithFeed>? BehindGap { get; set; }

    /// <summary>Who waits until a position has been passed on, and for which socket.</summary>
    public List<(CatchUp CatchUp, IActorRef ReplyTo)> CatchUps { get; } = [];

    public bool IsEmpty => _members.Count == 0;

    /// <summary>Whether so many hear it that a write more to each is dear.</summary>
    public bool HasMany => _members.Count >= RelayActor.FewestToWaitFor;

    public IEnumerable<LocalMember> Members => _members.Values;

    public LocalMember? Find(SocketId socket) => _members.GetValueOrDefault(socket);

    /// <summary>Whether whatever was said up to a position is behind this relay.</summary>
    public bool HasPassed(Position position) =>
        Position.Epoch > position.Epoch || (Position.Epoch == position.Epoch && Position.Seq >= position.Seq);

    /// <summary>Takes a member of a room, or of a topic's members without a subscription yet.</summary>
    public LocalMember Add(LocalMember member, bool hearsAll)
    {
        if (_members.TryGetValue(member.Socket, out var known))
        {
            if (known.Session.Equals(member.Session) && ReferenceEquals(known.Format, member.Format))
            {
                if (hearsAll && !Contains(_everybody, known))
                    _everybody.Add(known);
                return known;
            }
            Remove(member.Socket);
        }
        _members.Add(member.Socket, member);
        if (hearsAll)
            _everybody.Add(member);
        return member;
    }

    public void Subscribe(LocalMember member, IReadOnlyList<RecordId> records)
    {
        foreach (var record in records)
        {
            if (!_records.TryGetValue(record, out var audience))
                _records.Add(record, audience = new LocalAudience());
            if (!Contains(audience, member))
                audience.Add(member);
        }
    }

    public void Unsubscribe(SocketId socket, IReadOnlyList<RecordId> records, bool unwatch)
    {
        if (!_members.TryGetValue(socket, out var member))
            return;
        if (unwatch)
            _everybody.Remove(member);
        foreach (var record in records)
        {
            if (_records.TryGetValue(record, out var audience))
                audience.Remove(member);
        }
    }

    public void Remove(SocketId socket)
    {
        if (!_members.Remove(socket, out var member))
            return;
        member.Gone = true;
        _everybody.NoteGone();
        if (++_goneFromRecords > _members.Count + SweepAfter)
            TidyRecords();
    }

    /// <summary>The local members that a message is for; null when there are none.</summary>
    public LocalAudience? AudienceOf(Envelope message)
    {
        if (message.Verb is null or Verb.Created)
            return _everybody;
        return _records.GetValueOrDefault(message.Record!.Value);
    }

    /// <summary>What a message does to the audiences once it has been passed on (contract P-31, P-32).</summary>
    public void Settle(Envelope message)
    {
        if (message is { Verb: Verb.Created, Record: { } born } && _everybody.Tidy())
        {
            if (_records.TryGetValue(born, out var known))
                Merge(known);
            else
                _records.Add(born, _everybody.Copy());
        }
        else if (message is { Verb: Verb.Destroyed, Record: { } dead })
        {
            _records.Remove(dead);
        }
    }

    private void TidyRecords()
    {
        _goneFromRecords = 0;
        foreach (var (record, audience) in _records)
        {
            if (!audience.Tidy())
                _records.Remove(record);
        }
    }

    private void Merge(LocalAudience known)
    {
        foreach (var member in _everybody.Members)
        {
            if (!Contains(known, member))
                known.Add(member);
        }
    }

    private static bool Contains(LocalAudience audience, LocalMember member) => audience.Members.IndexOf(member) >= 0;
}
