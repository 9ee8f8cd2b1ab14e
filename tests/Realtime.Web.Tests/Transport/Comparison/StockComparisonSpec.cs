namespace Realtime.Web.Tests.Transport.Comparison;

/// <summary>
/// Plays the same random scripts of right and wrong frames against the stock transport and against ours, to the socket and
/// through the server's stream, and compares what can be observed: hub messages, pongs, the close code or its absence, and
/// what the hub was told.
/// </summary>
/// <remarks>
/// What differs on purpose, and is therefore not compared or compared without it:
/// <list type="bullet">
/// <item>When the client closes, the stock hub's farewell (type 7) may or may not come before the answer; ours is never sent.</item>
/// <item>A stock connection that breaks may or may not answer what came right before; ours has answered it. The scripts wait.</item>
/// <item>A stock server that stops cuts its connections off; ours says that they may come back, and closes them in order.</item>
/// <item>The stock transport sends a pong nobody asked for every two minutes; ours leaves keep-alive to SignalR.</item>
/// <item>Stateful reconnects are not offered.</item>
/// </list>
/// </remarks>
public sealed class StockComparisonSpec(StockComparisonSpec.Server server) : IClassFixture<StockComparisonSpec.Server>
{
    private const int Seeds = 8;

    public static TheoryData<Ending> Endings() => [.. Enum.GetValues<Ending>()];

    [Theory, MemberData(nameof(Endings))]
    public async Task What_a_client_observes_is_the_same(Ending ending)
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            var script = Script.For(ending, seed + (1000 * (int)ending));
            var stock = Comparable(ending, await Player.PlayAsync(server.Hubs, "/stock", script));
            foreach (var path in new[] { "/fast", "/streamed" })
            {
                var fast = Comparable(ending, await Player.PlayAsync(server.Hubs, path, script));
                Assert.True(stock == fast, $"Seed {seed} on {path}. Stock:\n{Tail(stock)}\nOurs:\n{Tail(fast)}");
            }
        }
    }

    private static string Comparable(Ending ending, string report) =>
        ending is Ending.HubAborts or Ending.HubMessageThatIsNoJson or Ending.HubMessageTooLarge
            ? report
            : report.Replace("{\"type\":7}\u001e", string.Empty, StringComparison.Ordinal);

    private static string Tail(string report) => report.Length < 1000 ? report : $"… {report[^1000..]}";

    public sealed class Server : IAsyncLifetime
    {
        public HubServer Hubs { get; private set; } = null!;

        public async Task InitializeAsync() => Hubs = await HubServer.StartAsync();

        public async Task DisposeAsync() => await Hubs.DisposeAsync();
    }
}
