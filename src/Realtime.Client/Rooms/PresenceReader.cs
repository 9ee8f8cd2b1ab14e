using System.Text.Json;
using Realtime.Client.Connection;

namespace Realtime.Client.Rooms;

/// <summary>Reads presence: the service's words as it writes them, and what members tell by the application's own options.</summary>
internal static class PresenceReader
{
    /// <summary>What members are told of changes by.</summary>
    public const string EventName = "$presence";

    public static PresenceList<T> List<T>(JsonElement json, JsonSerializerOptions options)
    {
        var list = Wire.Read<PresenceList<JsonElement>>(json);
        return new(list.Room, Read<T>(list.Members, options), list.Next);
    }

    public static PresenceChange<T> Change<T>(JsonElement json, JsonSerializerOptions options)
    {
        var change = Wire.Read<PresenceChange<JsonElement>>(json);
        return new() { Joined = Read<T>(change.Joined, options), Left = change.Left, Updated = Read<T>(change.Updated, options) };
    }

    private static IReadOnlyList<Present<T>> Read<T>(IReadOnlyList<Present<JsonElement>> members, JsonSerializerOptions options) =>
    [
        .. members.Select(member => new Present<T>(
            member.SocketId, member.User,
            member.Data.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null ? default : member.Data.Deserialize<T>(options), member.JoinedAt)),
    ];
}
