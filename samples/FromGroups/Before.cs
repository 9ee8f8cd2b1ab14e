using Microsoft.AspNetCore.SignalR;

namespace FromGroups;

/// <summary>A chat as one writes it with SignalR's groups.</summary>
internal sealed class ChatHub : Hub
{
    public Task Enter(string room) => Groups.AddToGroupAsync(Context.ConnectionId, room);

    public Task Say(string room, string text) => Clients.OthersInGroup(room).SendAsync("said", text);

    public Task Exit(string room) => Groups.RemoveFromGroupAsync(Context.ConnectionId, room);
}

/// <summary>Something that speaks to a group from outside the hub.</summary>
internal sealed class Closing(IHubContext<ChatHub> hub)
{
    public Task AnnounceAsync(string room) => hub.Clients.Group(room).SendAsync("said", "We close in five minutes.");
}
