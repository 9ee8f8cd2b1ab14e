using System.Globalization;
using System.Text.Json;

namespace Realtime.Web.Hubs;

/// <summary>Reads a list of record ids, strings or numbers (contract P-6).</summary>
internal static class RecordIds
{
    /// <exception cref="RealtimeException"><see cref="ErrorCodes.InvalidRecord"/></exception>
    public static IReadOnlyCollection<RecordId> Read(IReadOnlyList<object>? ids, RealtimeOptions options)
    {
        if (ids is null)
            throw new RealtimeException(ErrorCodes.InvalidRecord, "Pass a list of record ids.");
        if (ids.Count > options.Limits.RecordsPerSubscription)
        {
            throw new RealtimeException(ErrorCodes.InvalidRecord,
                $"{ids.Count} ids at once are too many: {options.Limits.RecordsPerSubscription} is the limit.");
        }
        return [.. ids.Select(id => RecordId.Parse(Text(id)))];
    }

    private static string? Text(object? id) => id switch
    {
        JsonElement { ValueKind: JsonValueKind.String } text => text.GetString(),
        JsonElement { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
        string text => text,
        sbyte or byte or short or ushort or int or uint or long or ulong => Convert.ToString(id, CultureInfo.InvariantCulture),
        _ => throw new RealtimeException(ErrorCodes.InvalidRecord, "A record id is a string or a number."),
    };
}
