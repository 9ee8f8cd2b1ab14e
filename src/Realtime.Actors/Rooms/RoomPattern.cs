namespace Realtime.Actors.Rooms;

/// <summary>How rooms behave whose names match a pattern.</summary>
/// <param name="Pattern">A name in which <c>*</c> stands for any characters.</param>
/// <param name="Options">How they behave.</param>
public sealed record RoomPattern(string Pattern, FeedOptions Options)
{
    /// <summary>Whether a room is meant.</summary>
    public bool Matches(RoomName room) => Matches(Pattern, room.Value);

    /// <summary>Whether a name matches a pattern in which <c>*</c> stands for any characters.</summary>
    public static bool Matches(string pattern, string name)
    {
        var parts = pattern.Split('*');
        if (parts.Length == 1)
            return name == pattern;
        if (!name.StartsWith(parts[0], StringComparison.Ordinal))
            return false;
        var at = parts[0].Length;
        foreach (var part in parts[1..^1])
        {
            var found = name.IndexOf(part, at, StringComparison.Ordinal);
            if (found < 0)
                return false;
            at = found + part.Length;
        }
        return name.Length - at >= parts[^1].Length && name.EndsWith(parts[^1], StringComparison.Ordinal);
    }
}
