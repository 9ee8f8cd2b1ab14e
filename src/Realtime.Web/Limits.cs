namespace Realtime.Web;

/// <summary>Refuses what is over a limit, before anything happens.</summary>
internal static class Limits
{
    /// <exception cref="RealtimeException"><see cref="ErrorCodes.PayloadTooLarge"/></exception>
    public static void CheckPayload(ReadOnlyMemory<byte> data, RealtimeOptions options)
    {
        if (data.Length > options.Limits.PayloadBytes)
        {
            throw new RealtimeException(ErrorCodes.PayloadTooLarge,
                $"The data is {data.Length} bytes of JSON; the limit is {options.Limits.PayloadBytes}.");
        }
    }

    /// <summary>What a socket wants the members of a room to know of it; nothing is always fine.</summary>
    /// <exception cref="RealtimeException"><see cref="ErrorCodes.NoPresence"/>, <see cref="ErrorCodes.PayloadTooLarge"/>, <see cref="ErrorCodes.InvalidRequest"/></exception>
    public static void CheckPresence(RoomName room, ReadOnlyMemory<byte> presence, RealtimeOptions options)
    {
        if (presence.IsEmpty)
            return;
        CheckHasPresence(room, options);
        if (presence.Length > options.Limits.PresenceBytes)
        {
            throw new RealtimeException(ErrorCodes.PayloadTooLarge,
                $"What a member tells about itself has at most {options.Limits.PresenceBytes} bytes of JSON; this has {presence.Length}.");
        }
        CheckJson(presence);
    }

    /// <exception cref="RealtimeException"><see cref="ErrorCodes.NoPresence"/></exception>
    public static void CheckHasPresence(RoomName room, RealtimeOptions options)
    {
        if (!options.Rooms.For(room).Presence)
        {
            throw new RealtimeException(ErrorCodes.NoPresence,
                $"The members of \"{room}\" are not known to each other: set Presence in Realtime:Rooms:Patterns for rooms like this one, or join without it.");
        }
    }

    /// <summary>For what goes to sockets without passing a room or topic, which look for themselves.</summary>
    /// <exception cref="RealtimeException"><see cref="ErrorCodes.InvalidRequest"/></exception>
    public static void CheckJson(ReadOnlyMemory<byte> data)
    {
        if (!JsonText.IsValid(data.Span))
            throw new RealtimeException(ErrorCodes.InvalidRequest, "The data must be one JSON value, in UTF-8.");
    }

    /// <exception cref="RealtimeException"><see cref="ErrorCodes.InvalidRequest"/></exception>
    public static string? CheckKey(string? key) => key is null or { Length: >= 1 and <= 128 }
        ? key
        : throw new RealtimeException(ErrorCodes.InvalidRequest, "An idempotencyKey has 1 to 128 characters.");

    /// <exception cref="RealtimeException"><see cref="ErrorCodes.InvalidRoom"/></exception>
    public static RoomName ParseRoom(string? name, RealtimeOptions options) => RoomName.Parse(name, options.Limits.RoomNameBytes);
}
