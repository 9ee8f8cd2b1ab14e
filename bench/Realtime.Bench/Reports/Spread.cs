namespace Realtime.Bench.Reports;

/// <summary>The median of the repetitions and how far they lie apart.</summary>
internal sealed record Spread(double Median, double Least, double Most)
{
    /// <summary>Null when nothing was measured.</summary>
    internal static Spread? Of(IEnumerable<double?> values)
    {
        var sorted = values.OfType<double>().Order().ToArray();
        if (sorted.Length == 0)
            return null;
        var middle = sorted.Length / 2;
        var median = sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[^1]);
    }
}
