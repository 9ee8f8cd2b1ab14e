using Realtime.Actors.Cluster;

namespace Realtime.Actors.Rooms;

/// <summary>One room.</summary>
internal sealed class RoomActor(RoomName room, FeedOptions options, ClusterNodes nodes, TimeProvider time)
    : FeedActor<RoomState>(FeedId.Of(room), RoomState.Empty with { ShowsMembers = options.Presence }, options, nodes, time)
{
    private readonly bool _showsMembers = options.Presence;

    protected override RoomState Restore(IFeedSnapshot snapshot) => RoomState.From((RoomSnapshot)snapshot, _showsMembers);

    protected override IPublication? Announce(RoomState before, RoomState after, IEnumerable<IFeedEvent> happened) =>
        _showsMembers && after.Members.Count > 0 && PresenceNews.Between(before.Members, after.Members, happened) is { } news
            ? new Broadcast(room, PresenceNews.Event, news)
            : null;
}
