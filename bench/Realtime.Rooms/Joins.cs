using Realtime.Actors.Names;
using System.Diagnostics;
using System.Globalization;

namespace Realtime.Rooms;

/// <summary>Persisted joins a second, and the CPU of each: into one room, and over new rooms.</summary>
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
            await TimeAsync("one room", 20_000, joins => node.JoinAsync(_ => RoomName.Parse($"one-{run}-{r}"), joins));
            await TimeAsync("1,000 new rooms, 2 in each", 2_000, joins => node.JoinAsync(i => RoomName.Parse($"spread-{run}-{r}-{i % 1000}"), joins));
            await TimeAsync("10,000 new rooms, 1 in each", 10_000, joins => node.JoinAsync(i => RoomName.Parse($"single-{run}-{r}-{i}"), joins));
        }
    }

    private static async Task TimeAsync(string kind, int joins, Func<int, Task> join)
    {
        var (cpu, began) = (Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());
        await join(joins);
        var (elapsed, used) = (Stopwatch.GetElapsedTime(began), Environment.CpuUsage.TotalTime - cpu);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{kind,-28} {joins / elapsed.TotalSeconds,9:N0} joins/s {used.TotalMicroseconds / joins,8:N0} µs CPU each"));
    }
}
