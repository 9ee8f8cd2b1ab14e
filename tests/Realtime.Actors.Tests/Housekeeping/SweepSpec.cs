using FsCheck.Xunit;
using Realtime.Actors.Housekeeping;

namespace Realtime.Actors.Tests.Housekeeping;

/// <summary>A sweep comes past everything once, wherever it begins.</summary>
public sealed class SweepSpec
{
    [Property]
    public void It_comes_past_every_id_once_in_pages_of_a_bounded_size(byte[] stored, byte start, byte size)
    {
        var ids = stored.Distinct().Select(id => $"room:{id:000}").Order(StringComparer.Ordinal).ToArray();
        var perPage = (size % 7) + 1;
        var seen = new List<string>();
        for (var sweep = Sweep.Beginning(start % 3 == 0 ? "" : $"room:{start:000}"); sweep is not null;)
        {
            string[] page = [.. ids.Where(id => IsAfter(id, sweep.After) && (sweep.Until is null || !IsAfter(id, sweep.Until))).Take(perPage)];
            seen.AddRange(page);
            sweep = sweep.Past(page.LastOrDefault(), page.Length == perPage);
        }
        Assert.Equal(ids, seen.Order(StringComparer.Ordinal));
    }

    private static bool IsAfter(string id, string other) => string.CompareOrdinal(id, other) > 0;
}
