using Realtime.Actors.Cluster;

namespace Realtime.Actors.Rooms;

/// <summary>One room.</summary>
internal sealed class RoomActor(RoomName room, FeedOptions options, ClusterNodes nodes, TimeProvider time)
    : FeedActor<RoomState>(FeedId.Of(room), RoomState.Empty, options, nodes, time)
{
    protected override RoomState Restore(IFeedSnapshot snapshot) => RoomState.From((RoomSnapshot)snapshot);
}
