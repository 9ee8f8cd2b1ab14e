using Realtime.Actors.Names;
using Realtime.Web.Rooms;
using Realtime.Web.VirtualRequests;

namespace FromGroups;

/// <summary>The same chat with rooms: endpoints that clients call over their socket.</summary>
internal static class Chat
{
    private static readonly EventName Said = EventName.Parse("said");

    public static void MapChat(this WebApplication app)
    {
        app.MapPost("/chat/{room}/enter", (string room, RealtimeSocket socket, IRooms rooms) => rooms.JoinAsync(socket.Id, RoomName.Parse(room)));
        app.MapPost("/chat/{room}/say", (string room, Line line, RealtimeSocket socket, IRooms rooms) =>
            rooms.BroadcastAsync(RoomName.Parse(room), Said, line.Text, omit: socket.Id));
        app.MapPost("/chat/{room}/exit", (string room, RealtimeSocket socket, IRooms rooms) => rooms.LeaveAsync(socket.Id, RoomName.Parse(room)));
    }
}

internal sealed record Line(string Text);

/// <summary>Something that speaks to a room from anywhere in the cluster.</summary>
internal sealed class Announcer(IRooms rooms)
{
    public Task<Receipt> AnnounceAsync(string room) =>
        rooms.BroadcastAsync(RoomName.Parse(room), EventName.Parse("said"), "We close in five minutes.");
}
