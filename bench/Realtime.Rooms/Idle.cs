using System.Globalization;
using Akka.Actor;
using Akka.Cluster.Sharding;
using Realtime.Actors.Names;

namespace Realtime.Rooms;

/// <summary>What rooms with one member each weigh that nobody speaks in: while they are awake, and when they have gone to rest.</summary>
internal static class Idle
{
    private static readonly TimeSpan IdleAfter = TimeSpan.FromMinutes(2);

    public static async Task MeasureAsync(string? postgres, int rooms)
    {
        await using var node = await Node.StartAsync(postgres, IdleAfter);
        await node.JoinAsync(i => RoomName.Parse($"warm-up-{i}"), 1_000);
        var before = Settled();
        await node.JoinAsync(i => RoomName.Parse($"idle-{i}"), rooms);
        var awake = await AwakeAsync(node);
        Say("awake", awake - 1_000, Settled() - before, rooms);
        while (await AwakeAsync(node) > 0)
            await Task.Delay(TimeSpan.FromSeconds(1));
        Say("at rest", rooms, Settled() - before, rooms);
        if (postgres is null)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"in the database {node.StoredBytes / rooms,9:N0} bytes each"));
    }

    // The heap alone: what the process keeps beside it does not grow with rooms.
    private static long Settled()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    private static async Task<int> AwakeAsync(Node node) =>
        (await node.Rooms.Ask<ShardRegionStats>(GetShardRegionStats.Instance, TimeSpan.FromSeconds(30))).Stats.Values.Sum();

    private static void Say(string state, int counted, long bytes, int rooms) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{state,-15} {counted,9:N0} rooms {bytes / 1048576.0,9:N0} MiB {(double)bytes / rooms,9:N0} bytes each, {bytes * (1_000_000.0 / rooms) / (1 << 30),6:N1} GiB for a million"));
}
