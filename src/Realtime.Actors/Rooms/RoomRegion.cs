namespace Realtime.Actors.Rooms;

/// <summary>The shard region of rooms, and the key to its door: <c>IRequiredActor&lt;RoomRegion&gt;</c>.</summary>
public sealed class RoomRegion : FeedRegion
{
    /// <summary>The type name of the region.</summary>
    public const string Name = "room";
}
