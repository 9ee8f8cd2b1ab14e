using System.Diagnostics;

namespace Realtime.Bench.Load;

/// <summary>
/// The time from the moment a broadcast was due to each of its deliveries. Due, not sent: a generator that waits for a slow
/// server would otherwise leave out just the times that are bad.
/// </summary>
internal sealed class LatencySamples(long firstNumber, long start, double ticksBetween)
{
    private readonly List<int> _microseconds = [];

    internal void Delivered(long number, long now)
    {
        if (number < firstNumber)
            return;
        var due = start + (long)((number - firstNumber) * ticksBetween);
        _microseconds.Add((int)Math.Min(int.MaxValue, (now - due) * 1_000_000.0 / Stopwatch.Frequency));
    }

    /// <summary>Milliseconds that this share of all deliveries did not exceed.</summary>
    internal double Milliseconds(double share)
    {
        _microseconds.Sort();
        return _microseconds[(int)Math.Min(_microseconds.Count - 1, share * _microseconds.Count)] / 1000.0;
    }
}
