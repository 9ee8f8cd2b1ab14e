namespace Realtime.Bench.Measuring;

/// <summary>What one target did in one repetition.</summary>
/// <param name="Target">Its name.</param>
/// <param name="Repetition">Which repetition, from 1.</param>
/// <param name="Figures">Value by <see cref="Metric.Key"/>; what does not apply is left out.</param>
/// <param name="Fault">Why it does not count, or null.</param>
internal sealed record Sample(string Target, int Repetition, Dictionary<string, double> Figures, string? Fault = null)
{
    internal double? this[Metric metric] => Figures.TryGetValue(metric.Key, out var value) ? value : null;
}
