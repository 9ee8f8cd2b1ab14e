using System.Globalization;
using Xunit.Abstractions;

namespace Realtime.Crash.Tests;

/// <summary>
/// Three processes and PostgreSQL; one of them is killed in the middle of numbered streams, ten times. What every client hears of
/// every room has no gap, nothing twice and nothing swapped, or the client was told (promises 1 to 4 and 6, contract M-1, M-4).
/// </summary>
/// <remarks>For a soak: REALTIME_CRASH_ROUNDS, and REALTIME_CRASH_SEED for the moments of a run that failed.</remarks>
public sealed class CrashRoundsSpec(Postgres postgres, ITestOutputHelper output) : IClassFixture<Postgres>
{
    private static readonly int Rounds = FromEnvironment("REALTIME_CRASH_ROUNDS", 10);
    private static readonly int Seed = FromEnvironment("REALTIME_CRASH_SEED", Random.Shared.Next());

    private readonly Random _random = new(Seed);

    [SkippableFact]
    public async Task Whoever_is_killed_each_client_hears_everything_once_and_in_order_or_is_told()
    {
        output.WriteLine($"Seed {Seed}");
        await using var fleet = await Fleet.StartAsync(postgres.ConnectionString);
        await using var stream = await Stream.StartAsync(fleet);
        await stream.IsWholeAsync();
        for (var round = 0; round < Rounds; round++)
        {
            await stream.FlowsAsync(_random.Next(5, 30));
            var (victim, role) = await VictimAsync(fleet, round);
            await fleet.KillAsync(victim);
            // Every other round its supervisor is quick, and the new process meets those who still take it for the old one.
            var isQuick = round % 2 == 1;
            if (!isQuick)
                await stream.IsWholeAsync();
            await fleet.StartAgainAsync(victim);
            await stream.IsWholeAsync();
            output.WriteLine($"Round {round}: {role}, {(isQuick ? "started again at once" : "given up, then started again")}; told of losses so far: "
                + string.Join(", ", Fleet.Rooms.Select(room => $"{room} {stream.LossesTold(room)}")));
        }
        var faults = await stream.EndAsync();
        output.WriteLine($"{stream.Acknowledged} messages were acknowledged.");
        Assert.True(faults.Count == 0, $"Seed {Seed}:\n{string.Join('\n', faults)}");
    }

    // In turn: the node with the coordinator of the shards, one with rooms, and one with as few of them as there is, which is there for its clients.
    private static async Task<(HostProcess Node, string Role)> VictimAsync(Fleet fleet, int round)
    {
        if (round % 3 == 0)
            return (fleet.ByAge[0], "the coordinator");
        var byRooms = new List<(HostProcess Node, int Rooms)>();
        foreach (var node in fleet.ByAge.Skip(1))
            byRooms.Add((node, await Fleet.RoomsAtAsync(node)));
        byRooms.Sort((one, other) => one.Rooms.CompareTo(other.Rooms));
        return round % 3 == 1 ? (byRooms[^1].Node, $"a node of {byRooms[^1].Rooms} rooms") : (byRooms[0].Node, $"a node of clients, with {byRooms[0].Rooms} rooms");
    }

    private static int FromEnvironment(string name, int usual) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : usual;
}
