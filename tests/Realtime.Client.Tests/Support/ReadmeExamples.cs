using Realtime.Client.Topics;

namespace Realtime.Client.Tests.Support;

/// <summary>What the readme of the package shows besides the chat, so that it compiles.</summary>
internal static class ReadmeExamples
{
    internal interface ITokens
    {
        Task<string?> GetAsync(bool fresh, CancellationToken cancellation);
    }

    internal sealed record User(int Id, string Name);

    public static async Task ConnectAsync(ITokens tokens)
    {
        await using var client = new RealtimeClient(new RealtimeClientOptions
        {
            Service = new Uri("https://realtime.example.com"),
            AccessToken = (request, cancellation) => tokens.GetAsync(fresh: request.Attempt > 1, cancellation),
        });
        await client.ConnectAsync();
    }

    public static async Task RoomsAsync(RealtimeClient client)
    {
        var room = client.Room("chat/lobby");
        await room.JoinAsync(new { name = "Ann" });                       // what is given here, the others see
        await room.BroadcastAsync("chat", "Hello!");
        await room.BroadcastAsync("typing", true, transient: true);       // no number, not kept, heard at most once
        var said = await room.HistoryAsync();

        await foreach (var message in room.Events<string>("chat"))        // or room.On<string>("chat", text => …)
            Console.WriteLine($"{message.Position?.Seq} {message.Data}");
    }

    public static async Task ModelsAsync(RealtimeClient client)
    {
        var users = client.Topic<User>("user");
        await users.WatchAsync();              // hear of each user that is created
        await users.SubscribeAsync(7);         // hear of what happens to this one
        await foreach (var happened in users.Events())
            Console.WriteLine(happened switch
            {
                Created<User> it => $"{it.Data.Name} is new",
                Updated<User> it => $"{it.Id} has changed: {it.Changes}",
                Destroyed<User> { ReadersChanged: true } it => $"{it.Id} is for others to read: read it again, if you may",
                Destroyed<User> it => $"{it.Id} is gone",
                AddedTo<User> it => $"{string.Join(", ", it.AddedIds)} added to {it.Attribute} of {it.Id}",
                RemovedFrom<User> it => $"{string.Join(", ", it.RemovedIds)} removed from {it.Attribute} of {it.Id}",
                _ => happened.Json.ToString(),
            });
    }

    public static async Task RequestsAsync(RealtimeClient client)
    {
        var answer = await client.PostAsync<User>("/user", new { name = "johnny five" });
        Console.WriteLine($"{answer.StatusCode}: {answer.Value?.Name}");
    }
}
