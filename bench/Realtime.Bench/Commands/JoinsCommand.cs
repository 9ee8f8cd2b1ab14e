using System.CommandLine;
using Realtime.Bench.Joins;
using Realtime.Bench.Measuring;
using Realtime.Bench.Reports;
using Realtime.Bench.Targets;

namespace Realtime.Bench.Commands;

/// <summary><c>bench/joins</c>: persisted joins, beside the inserts that they become, and beside SignalR's, which are not persisted.</summary>
internal static class JoinsCommand
{
    private static readonly Target[] All =
    [
        new SignalRTarget("signalr", "SignalR, in memory", HubProtocol.Json),
        RealtimeTarget.Plain with { Name = "realtime-sqlite", Title = "Realtime, SQLite" },
        RealtimeTarget.Plain with { Name = "realtime-postgres", Title = "Realtime, PostgreSQL", InPostgres = true },
    ];

    internal static Command Create()
    {
        var command = new Command("joins", "Persisted joins per second, SQLite and PostgreSQL, beside raw inserts of the same rows.");
        SharedOptions.AddTo(command);
        command.SetAction(async (parsed, stop) =>
        {
            var settings = SharedOptions.Settings(parsed);
            using var place = new Workplace(SharedOptions.Repository, settings.ServerCpus);
            var only = SharedOptions.Names(parsed);
            var targets = All.Where(target => only.Count == 0 || only.Contains(target.Name)).ToArray();
            var reported = new List<ReportedTarget>();
            foreach (var target in targets)
                reported.Add(new ReportedTarget(target.Name, target.Title, await target.PrepareAsync(place, stop)));
            reported.Add(new ReportedTarget("postgres", "PostgreSQL", await PostgresServer.PrepareAsync(stop)));

            var sampling = new JoinSampling(place, settings);
            var samples = new List<JoinSample>();
            for (var repetition = 1; repetition <= settings.Repetitions; repetition++)
            {
                foreach (var target in targets)
                    samples.AddRange(await sampling.TakeAsync(target, repetition, stop));
            }

            var report = new JoinReport(await Machine.DescribeAsync(place.Repository, stop), settings, reported, samples);
            await report.WriteAsync(SharedOptions.Folder(parsed), stop);
            Console.WriteLine($"\n{report.Text()}\nWritten to {SharedOptions.Folder(parsed)}");
        });
        return command;
    }
}
