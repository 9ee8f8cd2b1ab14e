using System.CommandLine;
using Realtime.Bench.Reports;
using Realtime.Bench.Targets;

namespace Realtime.Bench.Commands;

/// <summary><c>bench/compare A B</c>: our service at two commits, in turn, by one generator.</summary>
internal static class CompareCommand
{
    internal static Command Create()
    {
        var before = new Argument<string>("before") { Description = "A checked-out tree." };
        var after = new Argument<string>("after") { Description = "Another one." };
        var command = new Command("compare", "Pairs two checked-out trees of the service.") { before, after };
        SharedOptions.AddTo(command);
        command.SetAction(async (parsed, stop) =>
        {
            var settings = SharedOptions.Settings(parsed);
            using var place = new Workplace(SharedOptions.Repository, settings.ServerCpus);
            var hasFault = false;
            foreach (var target in SharedOptions.Targets(parsed, [RealtimeTarget.Plain]).OfType<RealtimeTarget>())
            {
                Target[] pair =
                [
                    target with { Name = "before", Tree = parsed.GetRequiredValue(before) },
                    target with { Name = "after", Tree = parsed.GetRequiredValue(after) },
                ];
                var report = await Campaign.RunAsync(place, settings, pair, stop);
                Console.WriteLine($"\n{target.Title}\n\n{Pairing.Of(report)}");
                hasFault |= report.Samples.Any(sample => sample.Fault is not null);
            }

            return hasFault ? 1 : 0;
        });
        return command;
    }
}
