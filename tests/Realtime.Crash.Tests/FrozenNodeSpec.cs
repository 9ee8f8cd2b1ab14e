namespace Realtime.Crash.Tests;

/// <summary>
/// A node that is paused for longer than the others wait for it, and goes on then as if nothing had been: it ends itself, and what its
/// clients hear has no gap, nothing twice and nothing swapped, or they were told (promises 1 to 3).
/// </summary>
public sealed class FrozenNodeSpec(Postgres postgres) : IClassFixture<Postgres>
{
    [SkippableFact]
    public async Task A_node_that_was_frozen_ends_itself_and_its_clients_come_back_elsewhere()
    {
        await using var fleet = await Fleet.StartAsync(postgres.ConnectionString);
        await using var stream = await Stream.StartAsync(fleet);
        await stream.IsWholeAsync();
        var frozen = fleet.ByAge[1];
        await fleet.FreezeAsync(frozen);
        Assert.Contains(frozen.Output.Lines, line => line.Contains("This node was given up by the cluster", StringComparison.Ordinal));
        await stream.IsWholeAsync();
        await fleet.StartAgainAsync(frozen);
        await stream.IsWholeAsync();
        Assert.Empty(await stream.EndAsync());
    }
}
