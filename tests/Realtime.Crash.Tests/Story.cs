namespace Realtime.Crash.Tests;

/// <summary>What a client notices of a room.</summary>
internal abstract record Entry
{
    /// <summary>Message <paramref name="Number"/> of a publisher, who says 0, 1, 2 …, each until it has the receipt.</summary>
    public sealed record Said(string Publisher, int Number) : Entry;

    /// <summary>The connection is there again. What was missed comes next.</summary>
    public sealed record Back : Entry;

    /// <summary>Whether something is missing.</summary>
    public sealed record Told(bool Recovered) : Entry;
}

/// <summary>Reads what a client has noticed of a room, and finds what must not be (promises 1 to 3 and 6).</summary>
/// <param name="entries">What it noticed, in order.</param>
/// <param name="places">The place in the room of the messages of which that is known for sure.</param>
/// <param name="isDurable">Whether the room forgets nothing.</param>
internal sealed class Story(IReadOnlyList<Entry> entries, IReadOnlyDictionary<Entry.Said, (long Epoch, long Seq)> places, bool isDurable)
{
    /// <summary>Everything that breaks a promise, in words.</summary>
    public IReadOnlyList<string> Faults()
    {
        var faults = new List<string>();
        var first = new Dictionary<Entry.Said, int>();
        var last = new Dictionary<string, (int Index, int Number)>();
        var again = entries.OfType<Entry.Said>().GroupBy(said => said).Where(group => group.Count() > 1).Select(group => group.Key).ToHashSet();
        (long Epoch, long Seq) place = default;
        for (var i = 0; i < entries.Count; i++)
        {
            if (isDurable && entries[i] is Entry.Told { Recovered: false })
                faults.Add($"{i}: a durable room told of a loss");
            if (entries[i] is not Entry.Said said)
                continue;
            if (!first.TryAdd(said, i) && (isDurable || !IsExcused(first[said], i)))
                faults.Add($"{i}: {said} came twice");
            if (last.TryGetValue(said.Publisher, out var before))
            {
                if (said.Number < before.Number)
                    faults.Add($"{i}: {said} came after {before.Number}");
                else if (said.Number > before.Number + 1 && !IsExcused(before.Index, i))
                    faults.Add($"{i}: {said} came after {before.Number}, and nobody told of a loss");
            }
            last[said.Publisher] = (i, said.Number);
            // One that was said twice, in two lives of its room, has the place of the second only.
            if (again.Contains(said) || !places.TryGetValue(said, out var at))
                continue;
            if (at.CompareTo(place) <= 0)
                faults.Add($"{i}: {said} at {at} came after {place}");
            place = at;
        }
        return faults;
    }

    // Told between the two, or behind that part of it which could still be replayed.
    private bool IsExcused(int from, int to)
    {
        var between = Enumerable.Range(from + 1, to - from - 1);
        if (between.Any(i => entries[i] is Entry.Told { Recovered: false }))
            return true;
        var back = between.LastOrDefault(i => entries[i] is Entry.Back, -1);
        return back >= 0 && entries.Skip(back).OfType<Entry.Told>().FirstOrDefault() is { Recovered: false };
    }
}
