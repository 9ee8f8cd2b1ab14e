using Realtime.Client;

// dotnet run --project samples/Chat -- http://localhost:5080 Ann
await using var client = new RealtimeClient(new Uri(args[0]));
client.StateChanged += change => Console.WriteLine($"({change.State})");
client.Recovered += it => Console.WriteLine(it.Recovered ? "(nothing was missed)" : "(something may have been missed)");

var room = client.Room("chat/lobby");
using var said = room.On<Line>("chat", line => Console.WriteLine($"{line.From}: {line.Text}"));
using var here = room.Roster<Person>(people => Console.WriteLine($"({people.Count} here: {string.Join(", ", people.Select(it => it.Data?.Name))})"));

await client.ConnectAsync();
await room.JoinAsync(new Person(args[1]));
while (Console.ReadLine() is { } text)
    await room.BroadcastAsync("chat", new Line(args[1], text));

internal sealed record Line(string From, string Text);

internal sealed record Person(string Name);
