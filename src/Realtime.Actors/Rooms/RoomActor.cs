using Realtime.Actors.Cluster;

namespace Realtime.Actors.Rooms;

/// <summary>One room.</summary>
internal sealed class RoomActor(RoomName room, FeedOptions options, ClusterNodes nodes, TimeProvider time)
    : FeedActor<RoomState>(FeedId.Of(room), RoomState.EmptyWith(options), options, nodes, time)
{
    private readonly RoomState _empty = RoomState.EmptyWith(options);
    private readonly bool _showsMembers = options.Presence;

    protected override RoomState Restore(IFeedSnapshot snapshot) => _empty with { Members = Members.Of(((RoomSnapshot)snapshot).Members) };

    protected override IPublication? Announce(RoomState before, RoomState after, IEnumerable<IFeedEvent> happened) =>
        _showsMembers && after.Members.Count > 0 && PresenceNews.Between(before.Members, after.Members, happened) is { } news
            ? new Broadcast(room, PresenceNews.Event, news)
            : null;
}
