using System.Globalization;
using Realtime.Bench.Measuring;
using Realtime.Bench.Targets;

namespace Realtime.Bench.Joins;

/// <summary>Measures joins into one room and over new rooms, and beside them the inserts that they became.</summary>
internal sealed class JoinSampling(Workplace place, Settings settings)
{
    internal async Task<IReadOnlyList<JoinSample>> TakeAsync(Target target, int repetition, CancellationToken stop)
    {
        await using var stage = await Stage.SetAsync(place, target, settings, rooms: 1, stop);
        stage.Connect(settings.Connections);
        stage.JoinFor(settings.WarmUpSeconds / 2, (round, _) => $"before-{round}");
        stage.JoinFor(settings.WarmUpSeconds / 2, (round, member) => $"apart-{round}-{member % settings.SpreadRooms}");

        var one = stage.Join(settings.JoinRounds, Rooms.OneFor);
        var spread = stage.Join(settings.JoinRounds, Rooms.SpreadOver(settings.SpreadRooms));
        return
        [
            await BesideAsync(new JoinSample(target.Title, "one room", repetition, one.Rate, one.Cpu), stage, "join-", stop),
            await BesideAsync(
                new JoinSample(target.Title, $"{settings.SpreadRooms:N0} new rooms", repetition, spread.Rate, spread.Cpu), stage, "spread-", stop),
        ];
    }

    private async Task<JoinSample> BesideAsync(JoinSample sample, Stage stage, string rooms, CancellationToken stop)
    {
        if (stage.Journal is not { } journal)
            return sample;
        // In a process of its own, on the CPU where the service did it.
        var answer = await Tools.RunAsync(
            "taskset", ["-c", settings.ServerCpus, "dotnet", typeof(JoinSampling).Assembly.Location, "raw-inserts", journal, rooms], stop);
        var parts = answer.Split(' ');
        var seconds = double.Parse(parts[1], CultureInfo.InvariantCulture);
        return sample with
        {
            Rows = int.Parse(parts[0], CultureInfo.InvariantCulture),
            RawPerSecond = settings.JoinRounds * settings.Connections / seconds,
        };
    }
}
