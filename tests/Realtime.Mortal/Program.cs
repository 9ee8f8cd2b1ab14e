// Applications that are made to be killed, in one process: once each of them has come to the place of its death, it says "dying".
// Arguments: sqlite|postgres, and for each application a connection string, the file of its events, the place of its death: either all
// of them have one, or none.
using Realtime.Mortal;

var (provider, deaths, lives) = (args[0], new List<Death>(), new List<Task>());
foreach (var (number, given) in args.Skip(1).Chunk(3).Index())
{
    var death = Death.Parse(given[2]);
    deaths.Add(death);
    lives.Add(new Life(provider, given[0], given[1], death).LiveAsync(said => Console.WriteLine($"{number} {said}")));
}
if (deaths.TrueForAll(death => death.Comes))
{
    // One that fails instead ends them all.
    await await Task.WhenAny([Task.WhenAll(deaths.Select(death => death.IsThere)), .. lives]);
    Console.WriteLine("dying");
    await Task.Delay(Timeout.Infinite);
}
await Task.WhenAll(lives);
