using System.CommandLine;
using Realtime.Bench.Measuring;
using Realtime.Bench.Reports;
using Realtime.Bench.Targets;

namespace Realtime.Bench.Commands;

/// <summary><c>bench/growth</c>: whether a delivery costs the same however much there is of everything else.</summary>
internal static class GrowthCommand
{
    internal static Command Create()
    {
        var keys = new Option<string[]>("--curves")
        {
            Description = $"Curves, with commas between them: {string.Join(", ", Curve.All.Select(curve => curve.Key))}.",
            CustomParser = result => [.. result.Tokens.SelectMany(token => token.Value.Split(','))],
        };
        var command = new Command("growth", "Cost per delivery over connections, rooms, rooms per socket, nodes and payload.") { keys };
        SharedOptions.AddTo(command);
        command.SetAction(async (parsed, stop) =>
        {
            var settings = SharedOptions.Settings(parsed);
            var curves = parsed.GetValue(keys) is { Length: > 0 } some ? [.. Curve.All.Where(curve => some.Contains(curve.Key))] : Curve.All;
            using var place = new Workplace(SharedOptions.Repository, settings.ServerCpus);
            var report = await MeasureAsync(place, settings, curves, SharedOptions.Targets(parsed, [RealtimeTarget.Plain, RealtimeTarget.Apart, Catalog.Sound]), stop);
            await report.WriteAsync(SharedOptions.Folder(parsed), curves, stop);
            Console.WriteLine($"\n{report.Text(curves)}\nWritten to {SharedOptions.Folder(parsed)}");
            return report.Points.Any(point => point.Fault is not null) ? 1 : 0;
        });
        return command;
    }

    private static async Task<GrowthReport> MeasureAsync(
        Workplace place, Settings settings, IReadOnlyList<Curve> curves, IReadOnlyList<Target> targets, CancellationToken stop)
    {
        var reported = new List<ReportedTarget>();
        foreach (var target in targets)
            reported.Add(new ReportedTarget(target.Name, target.Title, await target.PrepareAsync(place, stop)));
        var sampling = new CurveSampling(place, settings);
        var points = new List<CurvePoint>();
        foreach (var (curve, repetition, x, target) in
            from curve in curves
            from repetition in Enumerable.Range(1, settings.Repetitions)
            from x in curve.Points
            from target in targets
            where target.Covers(curve, x)
            select (curve, repetition, x, target))
        {
            var point = await sampling.TakeAsync(curve, target, x, repetition, stop);
            points.Add(point);
            Console.WriteLine(
                $"{curve.Key,-18}{x,8} {target.Name,-18} {point.CpuOneAtATime,7:0.00} µs one at a time {point.CpuInFlight,7:0.00} µs in flight " +
                $"{point.PrivateKiB,7:0.0} KiB {point.Fault?.Split('\n')[0]}");
        }

        return new GrowthReport(await Machine.DescribeAsync(place.Repository, stop), settings, reported, points);
    }
}
