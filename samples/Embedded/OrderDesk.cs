using Realtime.Actors.Names;
using Realtime.Web.Models.Publishing;
using Realtime.Web.Rooms;

namespace Embedded;

/// <summary>Tells a room of what is ordered. Registered by who wants it, as an <see cref="IPublishHooks{T}"/> of orders.</summary>
public sealed class OrderDesk(IRooms rooms) : IPublishHooks<Order>
{
    public async ValueTask AfterPublishCreateAsync(PublishedEvent told, CancellationToken cancellation) =>
        await rooms.BroadcastAsync(RoomName.Parse("desk"), EventName.Parse("ordered"), told.Data, key: told.Key, cancellation: cancellation);

    public async ValueTask AfterPublishDestroyAsync(PublishedEvent told, CancellationToken cancellation) =>
        await rooms.BroadcastAsync(RoomName.Parse("desk"), EventName.Parse("cancelled"), told.Record, key: told.Key, cancellation: cancellation);
}
