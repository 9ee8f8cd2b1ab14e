using System.Globalization;
using Realtime.Finds;

const int PerFind = 30;
const int Rounds = 5;
var sockets = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 1000;

Console.WriteLine($"{sockets} sockets find {PerFind} records each, all at once, and are subscribed to them; SQLite, clients and server in this process.");
Console.WriteLine($"{"partitions",-12}{"find",-18}{"finds/s",10}{"subscriptions/s",18}{"median",12}{"rows",8}");
foreach (var partitions in (int[])[1, 4])
{
    await using var application = await CatalogueApplication.StartAsync(partitions);
    await using var crowd = await Crowd.ConnectAsync(application.Hub, sockets);
    for (var round = 0; round < Rounds; round++)
    {
        // The first one watches the model, too, and warms what has to be warm.
        await FindAsync(round == 0 ? "the first" : "others", round * PerFind);
    }
    await FindAsync("the same again", (Rounds - 1) * PerFind);

    async Task FindAsync(string what, int skip)
    {
        var before = application.RowsWritten();
        var (all, median) = await crowd.FindAsync(PerFind, skip);
        Console.WriteLine(
            $"{partitions,-12}{what,-18}{sockets / all.TotalSeconds,10:0}{sockets * PerFind / all.TotalSeconds,18:0}{median.TotalMilliseconds,9:0} ms{application.RowsWritten() - before,8}");
    }
}
