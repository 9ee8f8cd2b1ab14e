using System.Text.Json;
using Realtime.Bench.Measuring;

namespace Realtime.Bench.Reports;

/// <summary>A finished run.</summary>
/// <param name="Machine">Where it ran.</param>
/// <param name="Settings">How much was measured.</param>
/// <param name="Targets">What was measured.</param>
/// <param name="Samples">Every repetition of every target.</param>
internal sealed record Report(
    Machine Machine, Settings Settings, IReadOnlyList<ReportedTarget> Targets, IReadOnlyList<Sample> Samples)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    internal Spread? Of(ReportedTarget target, Metric metric) =>
        Spread.Of(Samples.Where(sample => sample.Target == target.Name && sample.Fault is null).Select(sample => sample[metric]));

    /// <summary>One target in terms of another, repetition by repetition: what the machine did to both falls out.</summary>
    internal Spread? Ratio(ReportedTarget target, ReportedTarget other, Metric metric) => Spread.Of(
        from first in Samples
        from second in Samples
        where first.Target == target.Name && second.Target == other.Name
        where first.Repetition == second.Repetition && first.Fault is null && second.Fault is null
        select first[metric] / second[metric]);

    /// <summary>Writes table, JSON and plots.</summary>
    internal async Task WriteAsync(string folder, CancellationToken stop)
    {
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "run.json"), JsonSerializer.Serialize(this, Json) + "\n", stop);
        await File.WriteAllTextAsync(Path.Combine(folder, "table.md"), Table.Of(this), stop);
        foreach (var (name, plot) in Plots.Of(this))
            await File.WriteAllTextAsync(Path.Combine(folder, name), plot, stop);
    }
}

/// <summary>A target as reports name it.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Title">Its name in tables.</param>
/// <param name="Version">What it was made of.</param>
internal sealed record ReportedTarget(string Name, string Title, string Version);
