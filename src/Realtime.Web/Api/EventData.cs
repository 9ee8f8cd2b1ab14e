using System.Runtime.InteropServices;
using System.Text.Json;

namespace Realtime.Web.Api;

/// <summary>The parts that requests to say something have in common.</summary>
internal static class EventData
{
    /// <summary>The data as it was sent. Without any, clients get null (contract G-5).</summary>
    public static ReadOnlyMemory<byte> Of(JsonElement data) =>
        data.ValueKind == JsonValueKind.Undefined ? "null"u8.ToArray() : JsonMarshal.GetRawUtf8Value(data).ToArray();

    /// <summary>What a member tells about itself; nothing is empty.</summary>
    public static ReadOnlyMemory<byte> Presence(JsonElement? data) =>
        data is { ValueKind: not (JsonValueKind.Undefined or JsonValueKind.Null) } given ? Of(given) : default;

    /// <exception cref="RealtimeException"><see cref="ErrorCodes.InvalidSocket"/>: one is not good, or there are none, or too many.</exception>
    public static SocketId[] Sockets(IReadOnlyList<string>? ids, RealtimeOptions options)
    {
        if (ids is not { Count: > 0 })
            throw new RealtimeException(ErrorCodes.InvalidSocket, "Pass the ids of one or several sockets.");
        if (ids.Count > options.Limits.PageSize)
            throw new RealtimeException(ErrorCodes.InvalidSocket, $"{ids.Count} sockets at once are too many: {options.Limits.PageSize} is the limit.");
        return [.. ids.Select(SocketId.Parse).Distinct()];
    }

    public static SocketId? Omit(string? socketId) => socketId is null ? null : SocketId.Parse(socketId);

    /// <exception cref="RealtimeException"><see cref="ErrorCodes.InvalidRoom"/>: one is not good, or there are none, or too many.</exception>
    public static RoomName[] Rooms(IReadOnlyList<string>? names, RealtimeOptions options)
    {
        if (names is not { Count: > 0 })
            throw new RealtimeException(ErrorCodes.InvalidRoom, "Pass the names of one or several rooms.");
        if (names.Count > options.Limits.PageSize)
            throw new RealtimeException(ErrorCodes.InvalidRoom, $"{names.Count} rooms at once are too many: {options.Limits.PageSize} is the limit.");
        return [.. names.Select(name => Limits.ParseRoom(name, options)).Distinct()];
    }
}
