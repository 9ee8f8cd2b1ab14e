using Realtime.Actors.Feeds;
using Realtime.Actors.Sessions;

namespace Realtime.Web.Rooms;

/// <summary>What a session is told to do with a room, if it may be told so, and what its answer means.</summary>
internal static class RoomCommands
{
    /// <exception cref="RealtimeException">
    /// <see cref="ErrorCodes.InvalidRoom"/>: a socket's own room; whatever is wrong with its presence.
    /// </exception>
    public static JoinSocket Join(SocketId socket, RoomName room, ReadOnlyMemory<byte> presence, RealtimeOptions options)
    {
        Limits.CheckPresence(room, presence, options);
        RefuseOwnRooms(room);
        return new JoinSocket(socket, room, presence);
    }

    /// <exception cref="RealtimeException"><see cref="ErrorCodes.InvalidRoom"/>: a socket's own room.</exception>
    public static LeaveSocket Leave(SocketId socket, RoomName room)
    {
        RefuseOwnRooms(room);
        return new LeaveSocket(socket, room);
    }

    /// <summary>Where a socket is that has joined.</summary>
    /// <exception cref="RealtimeException">It was refused, or there is no such socket.</exception>
    public static RoomPlace PlaceOf(object answer, SocketId socket, RoomName room) => answer switch
    {
        Joined joined => new RoomPlace(room.Value, joined.From.Epoch, joined.From.Seq, joined.Members),
        var other => throw Answers.Refusal(other, socket),
    };

    /// <summary>Somebody else in it would hear what is meant for one; leaving it would make the socket unreachable .</summary>
    /// <exception cref="RealtimeException"><see cref="ErrorCodes.InvalidRoom"/>: one of them is a socket's own room.</exception>
    public static void RefuseOwnRooms(params ReadOnlySpan<RoomName> rooms)
    {
        foreach (var room in rooms)
        {
            if (SocketId.TryParse(room.Value, out _))
                throw new RealtimeException(ErrorCodes.InvalidRoom, $"\"{room}\" is a socket's own room: nobody joins or leaves it.");
        }
    }
}
