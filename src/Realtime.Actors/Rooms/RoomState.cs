using System.Collections.Immutable;

namespace Realtime.Actors.Rooms;

/// <summary>Who is in a room.</summary>
internal sealed record RoomState(Members Members) : IFeedState<RoomState>
{
    public static readonly RoomState Empty = new(Members.None);

    public IFeedEvent? Decide(IFeedCommand command, DateTimeOffset now) => command switch
    {
        JoinRoom join when Members.Find(join.Socket) is { } member =>
            member.Node == join.Node ? null : new MemberMoved(join.Socket, join.Node),
        JoinRoom join => new MemberJoined(join.Socket, join.Node, now),
        IPublication => null,
        _ => CommonRules.Decide(Members, command),
    };

    public RoomState Apply(IFeedEvent happened) => happened switch
    {
        MemberJoined joined => new(Members.With(new Member(joined.Socket, joined.Node, joined.At))),
        FeedChanged changed => changed.Events.Aggregate(this, static (state, inner) => state.Apply(inner)),
        _ => new(CommonRules.Apply(Members, happened)),
    };

    public IMemberReply Answer(IMemberCommand command, Position position) => command switch
    {
        JoinRoom join => new Joined(join.Feed, join.Socket, join.Op, position, Members.Count),
        _ => throw new NotSupportedException($"A room has no answer to {command.GetType().Name}."),
    };

    public bool Hears(SocketId socket, Envelope message) => message.Omit != socket;

    public int AudienceOf(Envelope message) => Members.Count;

    public (IReadOnlyList<RecordId> Records, bool Watches) SubscriptionsOf(SocketId socket) => ([], false);

    public IFeedSnapshot ToSnapshot(FeedRest? rest) => new RoomSnapshot([.. Members.All], rest);

    public static RoomState From(RoomSnapshot snapshot) => new(Members.Of(snapshot.Members));
}

/// <summary>The stored form of a <see cref="RoomState"/>.</summary>
public sealed record RoomSnapshot(ImmutableArray<Member> Members, FeedRest? Rest) : IFeedSnapshot;
