using System.Text.RegularExpressions;

namespace Realtime.Web.Tests.Transport.Comparison;

/// <summary>
/// Plays the same random scripts of right and wrong frames against the stock transport and against ours, to the socket,
/// through the server's pipe and its stream, and compares what can be observed: hub messages, pongs, the close code or its absence, and
/// what the hub was told.
/// </summary>
/// <remarks>
/// What differs on purpose, and is therefore not compared or compared without it:
/// <list type="bullet">
/// <item>When the client closes, the stock hub's farewell (type 7) may or may not come before the answer; ours is never sent.</item>
/// <item>A stock connection that breaks may or may not answer what came right before; ours has answered it. The scripts wait.</item>
/// <item>After a violation the stock transport may cut the connection off before its close frame has gone out; ours sends it
/// first. The script is played again until the stock transport has managed to.</item>
/// <item>When the client closes in the middle of a hub message, the stock hub may or may not call that an error; ours does.</item>
/// <item>A stock server that stops cuts its connections off; ours says that they may come back, and closes them in order.</item>
/// <item>The stock transport sends a pong nobody asked for every two minutes; ours leaves keep-alive to SignalR.</item>
/// <item>Stateful reconnects are not offered.</item>
/// </list>
/// </remarks>
public sealed partial class StockComparisonSpec(StockComparisonSpec.Server server) : IClassFixture<StockComparisonSpec.Server>
{
    private const int Seeds = 8;
    private const int MaxTries = 50;

    public static TheoryData<Ending> Endings() => [.. Enum.GetValues<Ending>()];

    [Theory, MemberData(nameof(Endings))]
    public async Task What_a_client_observes_is_the_same(Ending ending)
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            var script = Script.For(ending, seed + (1000 * (int)ending));
            var stock = Comparable(ending, await PlayStockAsync(ending, script));
            foreach (var path in new[] { "/fast", "/piped", "/streamed" })
            {
                var fast = Comparable(ending, await Player.PlayAsync(server.Hubs, path, script));
                Assert.True(stock == fast, $"Seed {seed} on {path}. Stock:\n{Tail(stock)}\nOurs:\n{Tail(fast)}");
            }
        }
    }

    private async Task<string> PlayStockAsync(Ending ending, IReadOnlyList<Step> script)
    {
        string report;
        var tries = 0;
        do
        {
            report = await Player.PlayAsync(server.Hubs, "/stock", script);
        }
        while (report.Contains(Player.NoCloseFrame, StringComparison.Ordinal) && !Vanishes(ending) && ++tries < MaxTries);
        return report;
    }

    private static bool Vanishes(Ending ending) =>
        ending is >= Ending.HalfClose and <= Ending.ResetWithinAFrame;

    private static string Comparable(Ending ending, string report) => ending switch
    {
        Ending.HubAborts or Ending.HubMessageThatIsNoJson or Ending.HubMessageTooLarge => report,
        Ending.CloseWithinAMessage => WithoutHub(WithoutFarewell(report)),
        _ => WithoutFarewell(report),
    };

    private static string WithoutFarewell(string report) => Farewell().Replace(report, string.Empty);

    private static string WithoutHub(string report) => report[..report.LastIndexOf('\n')];

    // With permission to come back or without: who is faster decides, the reader of frames or the hub.
    [GeneratedRegex("\\{\"type\":7(?:,\"allowReconnect\":true)?\\}\u001e")]
    private static partial Regex Farewell();

    private static string Tail(string report) => report.Length < 300 ? report : $"… {report[^300..]}";

    public sealed class Server : IAsyncLifetime
    {
        public HubServer Hubs { get; private set; } = null!;

        public async Task InitializeAsync() => Hubs = await HubServer.StartAsync();

        public async Task DisposeAsync() => await Hubs.DisposeAsync();
    }
}
