using System.Globalization;
using System.Text;
using Realtime.Bench.Measuring;
using Realtime.Bench.Targets;

namespace Realtime.Bench.Reports;

/// <summary>A run as Markdown.</summary>
internal static class Table
{
    private static readonly (string Heading, Metric[] Metrics)[] Sections =
    [
        ("Server CPU per delivery", [Metric.CpuOneAtATime, Metric.CpuInFlight, Metric.RateOneAtATime, Metric.RateInFlight, Metric.PerRead]),
        ("Latency, from when a broadcast was due to its deliveries",
            [Metric.LatencyCommonRate, Metric.LatencyCommonP50, Metric.LatencyCommonP99,
             Metric.LatencyOwnRate, Metric.LatencyOwnP50, Metric.LatencyOwnP99]),
        ("Memory per connection, after traffic", [Metric.Resident, Metric.Private]),
        ("What a broadcast costs before its first delivery", [Metric.Publishes, Metric.CpuPublish]),
        ("Connects and joins", [Metric.Connects, Metric.CpuConnect, Metric.Joins, Metric.CpuJoin, Metric.SpreadJoins, Metric.CpuSpreadJoin]),
    ];

    internal static string Of(Report report)
    {
        var text = new StringBuilder();
        var (machine, settings) = (report.Machine, report.Settings);
        text.Append(CultureInfo.InvariantCulture, $"""
            # Results of {machine.At:yyyy-MM-dd HH:mm} UTC, commit {machine.Commit}

            {machine.Processor}, {machine.MemoryGiB} GiB, {machine.System}; generator on {machine.Runtime}.
            Servers on CPU {settings.ServerCpus}, generator on CPU {settings.GeneratorCpus}. {settings.Connections:N0} WebSocket
            connections in one room, {settings.PayloadBytes} bytes of data, windows of {settings.Seconds:0.#} s,
            {settings.Repetitions} repetitions: median (least–most). Every delivery was checked.

            """);
        foreach (var (heading, metrics) in Sections)
            Section(text, report, heading, metrics);
        Ratios(text, report);
        text.Append("\n## Versions\n\n");
        foreach (var target in report.Targets)
            text.Append(CultureInfo.InvariantCulture, $"- {target.Title}: {target.Version}\n");
        Faults(text, report);
        return text.ToString();
    }

    private static void Section(StringBuilder text, Report report, string heading, Metric[] metrics)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n## {heading}\n\n| |");
        foreach (var metric in metrics)
            text.Append(CultureInfo.InvariantCulture, $" {metric.Title}{(metric.Unit.Length > 0 ? ", " + metric.Unit : "")} |");
        text.Append("\n|---|").Insert(text.Length, "---:|", metrics.Length).Append('\n');
        foreach (var target in report.Targets)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {target.Title} |");
            foreach (var metric in metrics)
                text.Append(CultureInfo.InvariantCulture, $" {Cell(report.Of(target, metric), metric)} |");
            text.Append('\n');
        }
    }

    /// <summary>How many times our figure each target's is.</summary>
    private static void Ratios(StringBuilder text, Report report)
    {
        var ours = report.Targets.FirstOrDefault(target => target.Name == RealtimeTarget.Plain.Name);
        if (ours is null)
            return;
        Metric[] metrics = [Metric.CpuOneAtATime, Metric.CpuInFlight, Metric.LatencyCommonP50, Metric.LatencyCommonP99, Metric.Private];
        text.Append(CultureInfo.InvariantCulture, $"\n## Times {ours.Title}, in the same repetition\n\n| |");
        foreach (var metric in metrics)
            text.Append(CultureInfo.InvariantCulture, $" {metric.Title} |");
        text.Append("\n|---|").Insert(text.Length, "---:|", metrics.Length).Append('\n');
        foreach (var target in report.Targets)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {target.Title} |");
            foreach (var metric in metrics)
                text.Append(CultureInfo.InvariantCulture, $" {Cell(report.Ratio(target, ours, metric), metric with { Digits = 2 })} |");
            text.Append('\n');
        }
    }

    private static string Cell(Spread? spread, Metric metric)
    {
        if (spread is null)
            return "–";
        var format = "N" + metric.Digits.ToString(CultureInfo.InvariantCulture);
        var median = spread.Median.ToString(format, CultureInfo.InvariantCulture);
        return spread.Least == spread.Most
            ? median
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{median} ({spread.Least.ToString(format, CultureInfo.InvariantCulture)}–{spread.Most.ToString(format, CultureInfo.InvariantCulture)})");
    }

    private static void Faults(StringBuilder text, Report report)
    {
        var faulty = report.Samples.Where(sample => sample.Fault is not null).ToList();
        if (faulty.Count == 0)
            return;
        text.Append("\n## Samples that do not count\n\n");
        foreach (var sample in faulty)
            text.Append(CultureInfo.InvariantCulture, $"- {sample.Target}, repetition {sample.Repetition}: {sample.Fault!.Split('\n')[0]}\n");
    }
}
