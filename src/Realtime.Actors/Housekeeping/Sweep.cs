namespace Realtime.Actors.Housekeeping;

/// <summary>
/// One way through all persistence ids, in the database's order, page by page. It may begin anywhere, and goes on from the
/// beginning when it comes to the end.
/// </summary>
/// <param name="From">After which id it began; empty for the beginning.</param>
/// <param name="After">After which id the next page begins.</param>
/// <param name="Wrapped">Whether it has been at the end.</param>
internal sealed record Sweep(string From, string After, bool Wrapped)
{
    /// <summary>A whole sweep that begins after an id.</summary>
    public static Sweep Beginning(string from) => new(from, from, false);

    /// <summary>The last id of the next page; null when it may go to the end.</summary>
    public string? Until => Wrapped ? From : null;

    /// <summary>What is left of it.</summary>
    /// <param name="last">The last id of the page that was read; null when there was none.</param>
    /// <param name="isFull">Whether more may come after it.</param>
    /// <returns>Null when this was the last page.</returns>
    public Sweep? Past(string? last, bool isFull)
    {
        if (isFull)
            return this with { After = last! };
        return Wrapped || From.Length == 0 ? null : new Sweep(From, "", true);
    }
}
