using Realtime.Bench.Measuring;
using Realtime.Bench.Reports;
using Realtime.Bench.Targets;

namespace Realtime.Bench.Commands;

/// <summary>Measures targets in turn, several times, so that a machine that changes its mood changes it for all.</summary>
internal static class Campaign
{
    internal static async Task<Report> RunAsync(
        Workplace place, Settings settings, IReadOnlyList<Target> targets, CancellationToken stop)
    {
        var reported = new List<ReportedTarget>();
        foreach (var target in targets)
            reported.Add(new ReportedTarget(target.Name, target.Title, await target.PrepareAsync(place, stop)));

        var sampling = new Sampling(place, settings);
        var samples = new List<Sample>();
        for (var repetition = 1; repetition <= settings.Repetitions; repetition++)
        {
            var commonRate = 0.0;
            foreach (var target in targets)
            {
                var sample = await sampling.TakeAsync(target, repetition, commonRate, stop);
                samples.Add(sample);
                commonRate = commonRate > 0 ? commonRate : sample[Metric.LatencyOwnRate] ?? 0;
                Console.WriteLine(Line(sample, settings.Repetitions));
            }
        }

        return new Report(await Machine.DescribeAsync(place.Repository, stop), settings, reported, samples);
    }

    private static string Line(Sample sample, int repetitions) =>
        $"{sample.Repetition}/{repetitions} {sample.Target,-20} " + (sample.Fault is { } fault
            ? $"DOES NOT COUNT: {string.Join(" / ", fault.Split('\n').Take(4))}"
            : $"{sample[Metric.CpuOneAtATime],7:0.00} µs one at a time {sample[Metric.CpuInFlight],7:0.00} µs in flight " +
              $"{sample[Metric.Private],6:0.0} KiB {sample[Metric.Connects],7:0} connects/s {sample[Metric.Joins],7:0} joins/s");
}
