using System.Globalization;
using System.Text;
using System.Text.Json;
using Realtime.Bench.Joins;
using Realtime.Bench.Measuring;

namespace Realtime.Bench.Reports;

/// <summary>What joins cost.</summary>
/// <param name="Machine">Where it ran.</param>
/// <param name="Settings">How much was measured.</param>
/// <param name="Targets">What was measured.</param>
/// <param name="Samples">Every repetition.</param>
internal sealed record JoinReport(
    Machine Machine, Settings Settings, IReadOnlyList<ReportedTarget> Targets, IReadOnlyList<JoinSample> Samples)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Writes table and JSON.</summary>
    internal async Task WriteAsync(string folder, CancellationToken stop)
    {
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "joins.json"), JsonSerializer.Serialize(this, Json) + "\n", stop);
        await File.WriteAllTextAsync(Path.Combine(folder, "joins.md"), Text(), stop);
    }

    /// <summary>The table.</summary>
    internal string Text()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""
            # Joins, {Machine.At:yyyy-MM-dd HH:mm} UTC, commit {Machine.Commit}

            {Machine.Processor}, {Machine.System}. {Settings.Connections:N0} connections, {Settings.JoinsAtOnce} joins under way at once,
            each connection joins {Settings.JoinRounds} times; median of {Settings.Repetitions} (least–most). Raw: what the database alone
            takes, given the same journal rows in transactions of 400, counted in joins.

            | | Into | Joins, 1/s | CPU per join, µs | Journal rows | Raw, 1/s | Part of raw |
            |---|---|---:|---:|---:|---:|---:|

            """);
        foreach (var samples in Samples.GroupBy(sample => (sample.Target, sample.Kind)))
        {
            var raw = Spread.Of(samples.Select(sample => sample.RawPerSecond));
            text.Append(
                CultureInfo.InvariantCulture,
                $"| {samples.Key.Target} | {samples.Key.Kind} | {Cell(Of(samples, sample => sample.PerSecond), "N0")} " +
                $"| {Cell(Of(samples, sample => sample.Cpu), "N1")} | {Cell(Of(samples, sample => sample.Rows), "N0")} " +
                $"| {Cell(raw, "N0")} | {Cell(Of(samples, sample => sample.PerSecond / sample.RawPerSecond), "P0")} |\n");
        }

        text.Append("\n## Versions\n\n");
        foreach (var target in Targets)
            text.Append(CultureInfo.InvariantCulture, $"- {target.Title}: {target.Version}\n");
        return text.ToString();
    }

    private static Spread? Of(IEnumerable<JoinSample> samples, Func<JoinSample, double?> figure) => Spread.Of(samples.Select(figure));

    private static string Cell(Spread? spread, string format) => spread is null
        ? "–"
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{spread.Median.ToString(format, CultureInfo.InvariantCulture)} ({spread.Least.ToString(format, CultureInfo.InvariantCulture)}–{spread.Most.ToString(format, CultureInfo.InvariantCulture)})");
}
