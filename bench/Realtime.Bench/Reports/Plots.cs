using Realtime.Bench.Measuring;

namespace Realtime.Bench.Reports;

/// <summary>The plots of a run.</summary>
internal static class Plots
{
    internal static IEnumerable<(string File, string Svg)> Of(Report report)
    {
        yield return ("cpu.svg", Bars(report, "Server CPU per delivery (µs, less is better)", Metric.CpuOneAtATime, Metric.CpuInFlight));
        yield return ("memory.svg", Bars(report, "Private memory per connection after traffic (KiB, less is better)", Metric.Private));
        yield return ("latency.svg", Bars(
            report, "Latency at the common rate (ms, less is better)", Metric.LatencyCommonP50, Metric.LatencyCommonP99));
        yield return ("connects.svg", Bars(report, "Connects and joins per second (more is better)", Metric.Connects, Metric.Joins));
    }

    private static string Bars(Report report, string title, params Metric[] metrics) => BarChart.Draw(
        title,
        [.. metrics.Select(metric => metric.Title)],
        [.. report.Targets.Select(target => new BarGroup(target.Title, [.. metrics.Select(metric => report.Of(target, metric))]))]);
}
