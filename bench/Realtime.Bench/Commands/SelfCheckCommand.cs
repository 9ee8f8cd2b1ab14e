using System.CommandLine;
using Realtime.Bench.Measuring;
using Realtime.Bench.Targets;

namespace Realtime.Bench.Commands;

/// <summary>
/// <c>bench/selfcheck</c>: servers that lose, double and swap deliveries must be found out, and one that does not must pass.
/// A check that never fails would prove nothing.
/// </summary>
internal static class SelfCheckCommand
{
    internal static Command Create()
    {
        var command = new Command("self-check", "Shows that the generator notices what it has to notice.");
        command.SetAction(async (_, stop) =>
        {
            var settings = new Settings { Connections = 100, Repetitions = 1, Seconds = 0.5, WarmUpSeconds = 0.5 };
            using var place = new Workplace(SharedOptions.Repository, settings.ServerCpus);
            var report = await Campaign.RunAsync(place, settings, [.. Catalog.Faulty, Catalog.Sound], stop);
            return report.Samples.All(sample => sample.Fault is null == (sample.Target == Catalog.Sound.Name)) ? 0 : 1;
        });
        return command;
    }
}
