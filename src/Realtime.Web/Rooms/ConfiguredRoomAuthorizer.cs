using System.Security.Claims;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Realtime.Web.Auth;

namespace Realtime.Web.Rooms;

/// <summary>Follows <c>Realtime:Rooms</c>.</summary>
internal sealed class ConfiguredRoomAuthorizer(IOptions<RealtimeOptions> options, IHostEnvironment environment) : IRoomAuthorizer
{
    private readonly RoomSettings _rooms = options.Value.Rooms;

    private readonly ClientAccess _usualPublish = environment.IsDevelopment() ? ClientAccess.Clients : ClientAccess.Authenticated;

    public ValueTask<bool> MayJoinAsync(ClaimsPrincipal user, SocketId socket, RoomName room, CancellationToken cancellation) =>
        new(_rooms.For(room).Join.Admits(user));

    public ValueTask<bool> MayPublishAsync(ClaimsPrincipal user, SocketId socket, RoomName room, CancellationToken cancellation) =>
        new((_rooms.For(room).Publish ?? _usualPublish).Admits(user));
}
