using System.Globalization;
using Realtime.VirtualRequests;

var requests = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 5_000;
var rounds = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 5;

await using var application = await EchoApplication.StartAsync();
IReadOnlyList<IPath> paths = [new HttpPath(application.Url), await SocketPath.ConnectAsync(application.Url)];

var (one, eight) = (new Dictionary<IPath, List<Round>>(), new Dictionary<IPath, List<Round>>());
foreach (var path in paths)
{
    (one[path], eight[path]) = ([], []);
    for (var warming = 0; warming < 4; warming++)
        await Rounds.MeasureAsync(path, requests, inFlight: 1 + (warming % 2 * 7));
}

// In turns, so that what else the machine does meets all alike.
for (var round = 0; round < rounds; round++)
{
    foreach (var path in paths)
    {
        one[path].Add(await Rounds.MeasureAsync(path, requests, inFlight: 1));
        eight[path].Add(await Rounds.MeasureAsync(path, requests, inFlight: 8));
    }
}

Console.WriteLine($"{requests} requests a round, median of {rounds} rounds; POST with a small body, client and server in this process.");
Console.WriteLine($"{"",-20}{"one at a time",18}{"processor",18}{"eight in flight",18}{"processor",18}");
foreach (var path in paths)
{
    Console.WriteLine(
        $"{path.Name,-20}{Rounds.Median(one[path], round => round.Wall),15:0.0} us{Rounds.Median(one[path], round => round.Processor),15:0.0} us"
        + $"{Rounds.Median(eight[path], round => round.Wall),15:0.0} us{Rounds.Median(eight[path], round => round.Processor),15:0.0} us");
    await path.DisposeAsync();
}
