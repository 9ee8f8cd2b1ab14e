using System.CommandLine;
using Realtime.Bench.Reports;
using Realtime.Bench.Targets;

namespace Realtime.Bench.Commands;

/// <summary><c>bench/run</c>: our service and its peers, one run, one report.</summary>
internal static class RunCommand
{
    internal static RootCommand Create()
    {
        var command = new RootCommand("Measures fan-out, latency, memory, connects and joins: ours beside others'.");
        SharedOptions.AddTo(command);
        command.SetAction(async (parsed, stop) =>
        {
            var settings = SharedOptions.Settings(parsed);
            using var place = new Workplace(SharedOptions.Repository, settings.ServerCpus);
            var report = await Campaign.RunAsync(place, settings, SharedOptions.Targets(parsed, Catalog.All), stop);
            await report.WriteAsync(SharedOptions.Folder(parsed), stop);
            Console.WriteLine($"\n{Table.Of(report)}\nWritten to {SharedOptions.Folder(parsed)}");
            return report.Samples.Any(sample => sample.Fault is not null) ? 1 : 0;
        });
        return command;
    }
}
