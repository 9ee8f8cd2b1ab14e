using Akka.Actor;
using Realtime.Web.Rooms;

namespace Realtime.Web.Hubs.Direct;

/// <summary><see cref="RealtimeHub.Join"/>, as a direct call.</summary>
internal sealed class JoinCall(DirectCalls calls, SocketLink link, string invocation, string name, object? presence)
    : DirectCall(calls, link, invocation, nameof(RealtimeHub.Join))
{
    private RoomName _room;
    private ReadOnlyMemory<byte> _presence;

    protected override void Ask()
    {
        _room = Limits.ParseRoom(name, Calls.Options);
        _presence = presence is null ? default : PayloadReader.Read(presence);
        var connection = Link.Connection;
        var permitted = Calls.ClientRooms.PermitReadingAsync(connection.User, Socket, _room, connection.ConnectionAborted);
        if (!permitted.IsCompletedSuccessfully || _room.Value == Socket.Value)
            _ = FollowAsync(WhenPermittedAsync(permitted));
        else
            Link.Session.Tell(RoomCommands.Join(Socket, _room, _presence, Calls.Options), this);
    }

    protected override object ResultOf(object answer) => RoomCommands.PlaceOf(answer, Socket, _room);

    protected override async Task<object?> OrdinarilyAsync() => await Calls.Rooms.JoinAsync(Socket, _room, _presence, Link.Connection.ConnectionAborted);

    private async Task<object?> WhenPermittedAsync(ValueTask permitted)
    {
        await permitted;
        return await OrdinarilyAsync();
    }
}
