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

    /// <summary>For what goes to sockets without passing a room or topic, which look for themselves.</summary>
    /// <exception cref="RealtimeException"><see cref="ErrorCodes.InvalidRequest"/></exception>
    public static void CheckJson(ReadOnlyMemory<byte> data)
    {
        if (!JsonText.IsValid(data.Span))
            throw new RealtimeException(ErrorCodes.InvalidRequest, "The data must be one JSON value, in UTF-8.");
    }

    /// <exception cref="RealtimeException"><see cref="ErrorCodes.InvalidRoom"/></exception>
    public static RoomName ParseRoom(string? name, RealtimeOptions options) => RoomName.Parse(name, options.Limits.RoomNameBytes);
}
