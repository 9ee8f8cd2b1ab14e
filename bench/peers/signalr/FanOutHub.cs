using Microsoft.AspNetCore.SignalR;

namespace Realtime.Bench.Peers;

/// <summary>A group to join and a send to it, under the names that our own hub uses.</summary>
public sealed class FanOutHub : Hub
{
    /// <summary>Adds the caller to the group.</summary>
    public Task Join(string room) => Groups.AddToGroupAsync(Context.ConnectionId, room);

    /// <summary>Sends one argument to everybody in the group.</summary>
    public Task Broadcast(string room, string @event, string data) => Clients.Group(room).SendAsync(@event, data);
}
