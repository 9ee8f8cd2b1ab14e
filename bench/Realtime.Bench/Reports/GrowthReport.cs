using System.Globalization;
using System.Text;
using System.Text.Json;
using Realtime.Bench.Measuring;

namespace Realtime.Bench.Reports;

/// <summary>What growth costs.</summary>
/// <param name="Machine">Where it ran.</param>
/// <param name="Settings">How much was measured.</param>
/// <param name="Targets">What was measured.</param>
/// <param name="Points">Every repetition of every point.</param>
internal sealed record GrowthReport(
    Machine Machine, Settings Settings, IReadOnlyList<ReportedTarget> Targets, IReadOnlyList<CurvePoint> Points)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private static readonly (string Title, Func<CurvePoint, double?> Of)[] Figures =
    [
        ("one at a time, µs", point => point.CpuOneAtATime),
        ("eight in flight, µs", point => point.CpuInFlight),
        ("deliveries per read, eight in flight", point => point.PerRead),
        ("private memory per connection, KiB", point => point.PrivateKiB),
        ("allocated one at a time, bytes", point => point.AllocatedOneAtATime),
        ("allocated eight in flight, bytes", point => point.AllocatedInFlight),
    ];

    /// <summary>Writes table, JSON and a plot for each curve.</summary>
    internal async Task WriteAsync(string folder, IReadOnlyList<Curve> curves, CancellationToken stop)
    {
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "growth.json"), JsonSerializer.Serialize(this, Json) + "\n", stop);
        await File.WriteAllTextAsync(Path.Combine(folder, "growth.md"), Text(curves), stop);
        foreach (var curve in curves)
        {
            if (Lines(curve) is { Count: > 0 } lines)
                await File.WriteAllTextAsync(
                    Path.Combine(folder, $"growth-{curve.Key}.svg"), LineChart.Draw("Server CPU per delivery (µs)", curve.Axis, lines), stop);
        }
    }

    /// <summary>The curves as Markdown.</summary>
    internal string Text(IReadOnlyList<Curve> curves)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""
            # Growth, {Machine.At:yyyy-MM-dd HH:mm} UTC, commit {Machine.Commit}

            {Machine.Processor}, {Machine.System}. {Settings.Connections:N0} connections and {Settings.PayloadBytes} bytes where nothing
            else is said; CPU per delivery, median of {Settings.Repetitions} (least–most). Nodes share one CPU; each has so many
            connections, and eight broadcasts in flight.

            """);
        foreach (var curve in curves)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {curve.Axis}\n\n| | {curve.Axis} | {string.Join(" | ", Figures.Select(figure => figure.Title))} |\n");
            text.Append("|---|---:|").Insert(text.Length, "---:|", Figures.Length).Append('\n');
            foreach (var target in Targets)
            {
                foreach (var x in Measured(curve, target))
                    text.Append(CultureInfo.InvariantCulture, $"| {target.Title} | {x:N0} | {string.Join(" | ", Figures.Select(figure => Cell(Of(curve, target, x, figure.Of))))} |\n");
            }

            var ours = Targets[0];
            foreach (var other in Targets.Skip(1))
            {
                foreach (var x in Measured(curve, other))
                    text.Append(CultureInfo.InvariantCulture, $"| {ours.Title} ÷ {other.Title} | {Ratios(curve, (ours, x), (other, x))}");
            }

            foreach (var target in Targets)
            {
                if (Measured(curve, target) is [var first, .. var further])
                {
                    foreach (var x in further)
                        text.Append(CultureInfo.InvariantCulture, $"| {target.Title} ÷ itself at {first:N0} | {Ratios(curve, (target, x), (target, first))}");
                }
            }
        }

        foreach (var fault in Points.Where(point => point.Fault is not null))
            text.Append(CultureInfo.InvariantCulture, $"\n{fault.Target}, {fault.Curve} {fault.X}, does not count: {fault.Fault!.Split('\n')[0]}\n");
        return text.ToString();
    }

    private List<Line> Lines(Curve curve) =>
    [
        .. from target in Targets
           from figure in Figures.Take(2)
           let points = (from x in curve.Points
                         let spread = Of(curve, target, x, figure.Of)
                         where spread is not null
                         select ((double)x, spread)).ToList()
           where points.Count > 0
           select new Line($"{target.Title}, {figure.Title.Split(',')[0]}", points),
    ];

    private int[] Measured(Curve curve, ReportedTarget target) =>
        [.. Points.Where(point => point.Curve == curve.Key && point.Target == target.Name).Select(point => point.X).Distinct()];

    private string Ratios(Curve curve, (ReportedTarget Target, int X) of, (ReportedTarget Target, int X) to) => string.Create(
        CultureInfo.InvariantCulture, $"{of.X:N0} | {string.Join(" | ", Figures.Take(2).Select(figure => Cell(Ratio(curve, of, to, figure.Of))))} |\n");

    // Within each repetition, for the machine changes its mood.
    private Spread? Ratio(Curve curve, (ReportedTarget Target, int X) of, (ReportedTarget Target, int X) to, Func<CurvePoint, double?> figure) =>
        Spread.Of(
            from point in Points
            where point.Curve == curve.Key && point.Target == of.Target.Name && point.X == of.X
            from other in Points
            where other.Curve == curve.Key && other.Target == to.Target.Name && other.X == to.X && other.Repetition == point.Repetition
            select figure(point) / figure(other));

    private Spread? Of(Curve curve, ReportedTarget target, int x, Func<CurvePoint, double?> figure) =>
        Spread.Of(Points.Where(point => point.Curve == curve.Key && point.Target == target.Name && point.X == x).Select(figure));

    private static string Cell(Spread? spread) => spread is null
        ? "–"
        : string.Create(CultureInfo.InvariantCulture, $"{spread.Median:0.00} ({spread.Least:0.00}–{spread.Most:0.00})");
}
