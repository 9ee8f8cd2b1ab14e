using Realtime.Bench.Measuring;
using Realtime.Bench.Reports;
using Realtime.Bench.Targets;

namespace Realtime.Bench;

/// <summary><c>bench/run</c>: everything in turn, several times, and a report.</summary>
internal static class Run
{
    internal static async Task<int> AsyncOf(
        string repository, Settings settings, IReadOnlyCollection<string> only, string output, CancellationToken stop)
    {
        using var place = new Workplace(repository, settings.ServerCpus);
        var targets = Catalog.Named(only);
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

        var report = new Report(await Machine.DescribeAsync(repository, stop), settings, reported, samples);
        await report.WriteAsync(output, stop);
        Console.WriteLine($"\n{Table.Of(report)}\nWritten to {output}");
        return samples.Exists(sample => sample.Fault is not null) ? 1 : 0;
    }

    private static string Line(Sample sample, int repetitions) =>
        $"{sample.Repetition}/{repetitions} {sample.Target,-18} " + (sample.Fault is { } fault
            ? $"DOES NOT COUNT: {string.Join(" / ", fault.Split('\n').Take(4))}"
            : $"{sample[Metric.CpuOneAtATime],7:0.00} µs one at a time {sample[Metric.CpuInFlight],7:0.00} µs in flight " +
              $"{sample[Metric.Private],6:0.0} KiB {sample[Metric.Connects],7:0} connects/s {sample[Metric.Joins],7:0} joins/s");
}
