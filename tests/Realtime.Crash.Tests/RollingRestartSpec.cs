namespace Realtime.Crash.Tests;

/// <summary>
/// A new version of the service is put in place under load: nobody loses anything, and nobody has to be told (promise 4), unless
/// memberships are in memory only and the room moves together with its members' node.
/// </summary>
public sealed class RollingRestartSpec(Postgres postgres) : IClassFixture<Postgres>
{
    [SkippableFact]
    public async Task Three_nodes_that_are_restarted_one_after_the_other_lose_nothing()
    {
        await using var fleet = await Fleet.StartAsync(postgres.ConnectionString);
        await using var stream = await Stream.StartAsync(fleet);
        await stream.IsWholeAsync();
        foreach (var node in fleet.ByAge.ToArray())
        {
            await stream.FlowsAsync(5);
            await fleet.StopAsync(node);
            await fleet.StartAgainAsync(node);
            await stream.IsWholeAsync();
        }
        Assert.Empty(await stream.EndAsync());
        Assert.Equal([0, 0], new[] { Fleet.Durable, Fleet.Memory }.Select(stream.LossesTold));
    }
}
