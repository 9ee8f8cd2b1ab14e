using System.Globalization;
using Realtime.VirtualRequests;

var requests = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 5_000;
var rounds = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 5;

await using var application = await EchoApplication.StartAsync();
IReadOnlyList<IPath> paths = [new HttpPath(application.Url), await SocketPath.ConnectAsync(application.Url)];

Console.WriteLine($"{requests} requests a round, median of {rounds} rounds; POST with a small body, client and server in this process.");
Console.WriteLine($"{"",-24}{"one at a time",18}{"eight in flight",18}{"processor, one",18}");
foreach (var path in paths)
{
    await Rounds.MeasureAsync(path, requests, inFlight: 1); // warms up
    var (one, eight) = (new List<Round>(), new List<Round>());
    for (var round = 0; round < rounds; round++)
    {
        one.Add(await Rounds.MeasureAsync(path, requests, inFlight: 1));
        eight.Add(await Rounds.MeasureAsync(path, requests, inFlight: 8));
    }
    Console.WriteLine(
        $"{path.Name,-24}{Rounds.Median(one, round => round.Wall),15:0.0} us{Rounds.Median(eight, round => round.Wall),15:0.0} us"
        + $"{Rounds.Median(one, round => round.Processor),15:0.0} us");
    await path.DisposeAsync();
}
