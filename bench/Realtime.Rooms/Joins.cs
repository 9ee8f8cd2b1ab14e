using System.Diagnostics;
using System.Globalization;
using Realtime.Actors.Names;
using Realtime.Bench.Joins;

namespace Realtime.Rooms;

/// <summary>
/// Persisted joins a second, and the CPU of each: into one room, and over new rooms. Beside them the joins a second that the database alone
/// takes, given the same rows.
/// </summary>
internal static class Joins
{
    public static async Task MeasureAsync(string? postgres, int rounds)
    {
        await using var node = await Node.StartAsync(postgres, TimeSpan.FromMinutes(2));
        await node.JoinAsync(i => RoomName.Parse($"warm-up-{i % 200}"), 2_000);
        var run = Guid.NewGuid().ToString("n");
        for (var round = 0; round < rounds; round++)
        {
            var r = round;
            await TimeAsync(node, "one room", 20_000, $"one-{run}-{r}", _ => "");
            await TimeAsync(node, "1,000 new rooms, 2 in each", 2_000, $"spread-{run}-{r}", i => $"-{i % 1000}");
            await TimeAsync(node, "10,000 new rooms, 1 in each", 10_000, $"single-{run}-{r}", i => $"-{i}");
        }
    }

    private static async Task TimeAsync(Node node, string kind, int joins, string rooms, Func<int, string> one)
    {
        var (cpu, began) = (Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());
        await node.JoinAsync(i => RoomName.Parse(rooms + one(i)), joins);
        var (elapsed, used) = (Stopwatch.GetElapsedTime(began), Environment.CpuUsage.TotalTime - cpu);
        var raw = await RawInserts.RepeatAsync(node.Storage, rooms, CancellationToken.None);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{kind,-28} {joins / elapsed.TotalSeconds,9:N0} joins/s {used.TotalMicroseconds / joins,8:N0} µs CPU each {raw.Rows,8:N0} rows, raw {joins / raw.Seconds,9:N0} joins/s"));
    }
}
