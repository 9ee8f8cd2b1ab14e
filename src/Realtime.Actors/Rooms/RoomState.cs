using System.Collections.Immutable;

namespace Realtime.Actors.Rooms;

/// <summary>Who is in a room.</summary>
/// <param name="Members">The members.</param>
/// <param name="ShowsMembers">Whether what members tell about themselves is kept, for the others to see.</param>
/// <param name="IsTransient">Whether relays are to remember the members, since nobody writes them down.</param>
internal sealed record RoomState(Members Members, bool ShowsMembers = false, bool IsTransient = false) : IFeedState<RoomState>
{
    public static readonly RoomState Empty = new(Members.None);

    public static RoomState EmptyWith(FeedOptions options) => new(Members.None, options.Presence, options.TransientMembership);

    public IFeedEvent? Decide(IFeedCommand command, DateTimeOffset now) => command switch
    {
        JoinRoom join when Members.Find(join.Socket) is { } member => JoinedAgain(member, join),
        JoinRoom join => new MemberJoined(join.Socket, join.Node, now, ShowsMembers ? join.Presence : null, join.Term),
        MembersHere here => Found(here, now),
        IPublication => null,
        _ => CommonRules.Decide(Members, command),
    };

    public RoomState Apply(IFeedEvent happened) => happened switch
    {
        MemberJoined joined => this with { Members = Members.With(new Member(joined.Socket, joined.Node, joined.At, joined.Presence, joined.Term)) },
        PresenceTold told => this with { Members = Members.Telling(told.Socket, told.Data) },
        FeedChanged changed => changed.Events.Aggregate(this, static (state, inner) => state.Apply(inner)),
        _ => this with { Members = CommonRules.Apply(Members, happened) },
    };

    public IMemberReply Answer(IMemberCommand command, Position position) => command switch
    {
        JoinRoom join => new Joined(join.Feed, join.Socket, join.Op, position, Members.Count, IsTransient ? Members.Find(join.Socket) : null),
        _ => throw new NotSupportedException($"A room has no answer to {command.GetType().Name}."),
    };

    public IEnumerable<Envelope> Heard(SocketId socket, IReadOnlyList<Envelope> missed) => missed.Where(message => message.Omit != socket);

    public int AudienceOf(Envelope message) => message.Omit is { } omitted && Members.Contains(omitted) ? Members.Count - 1 : Members.Count;

    public (IReadOnlyList<RecordId> Records, bool Watches) SubscriptionsOf(SocketId socket) => ([], false);

    public IFeedSnapshot ToSnapshot(FeedRest? rest) => new RoomSnapshot([.. Members.All], rest);

    private FeedChanged? Found(MembersHere here, DateTimeOffset now)
    {
        var found = ImmutableArray.CreateBuilder<IFeedEvent>(here.Members.Count);
        foreach (var member in here.Members)
        {
            if (!Members.Contains(member.Socket))
                found.Add(new MemberJoined(member.Socket, member.Node, member.JoinedAt == default ? now : member.JoinedAt, ShowsMembers ? member.Presence : null, member.Term));
        }
        return found.Count > 0 ? new FeedChanged(found.ToImmutable()) : null;
    }

    private IFeedEvent? JoinedAgain(Member member, JoinRoom join)
    {
        var moved = !member.IsMovedBy(join) ? null : new MemberMoved(join.Socket, join.Node, join.Term);
        var told = ShowsMembers && join.Presence is { Data: { IsEmpty: false } data } && member.Presence?.Tells(data) != true
            ? new PresenceTold(join.Socket, data)
            : null;
        return moved is not null && told is not null ? new FeedChanged([moved, told]) : (IFeedEvent?)moved ?? told;
    }
}

/// <summary>The stored form of a <see cref="RoomState"/>.</summary>
public sealed record RoomSnapshot(ImmutableArray<Member> Members, FeedRest? Rest, string? Name = null) : IFeedSnapshot
{
    /// <inheritdoc/>
    public IFeedSnapshot Named(string name) => this with { Name = name };
}
