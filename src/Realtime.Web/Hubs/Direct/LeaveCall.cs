using Akka.Actor;
using Realtime.Actors.Feeds;
using Realtime.Web.Rooms;

namespace Realtime.Web.Hubs.Direct;

/// <summary><see cref="RealtimeHub.Leave"/>, as a direct call.</summary>
internal sealed class LeaveCall(DirectCalls calls, SocketLink link, string invocation, string name)
    : DirectCall(calls, link, invocation, nameof(RealtimeHub.Leave))
{
    private RoomName _room;

    protected override void Ask()
    {
        _room = Limits.ParseRoom(name, Calls.Options);
        Link.Session.Tell(RoomCommands.Leave(Socket, _room), this);
    }

    protected override object? ResultOf(object answer) => answer is Left ? null : throw Answers.Refusal(answer, Socket);

    protected override async Task<object?> OrdinarilyAsync()
    {
        await Calls.Rooms.LeaveAsync(Socket, _room, Link.Connection.ConnectionAborted);
        return null;
    }
}
