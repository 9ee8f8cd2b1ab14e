using System.Text.Json.Nodes;
using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Realtime.Actors.Feeds;
using Realtime.Actors.Names;
using Realtime.Actors.Rooms;
using Realtime.Web.Models;
using Realtime.Web.Tests.Running;

namespace Realtime.Web.Tests;

/// <summary>The two examples that this project exists for, from C#.</summary>
[Collection(nameof(RunningApp))]
public sealed class MissionSpec(RunningApp app)
{
    /// <summary>The public contract of the actor layer: a Broadcast to the room shard region.</summary>
    [Fact]
    public async Task A_broadcast_that_is_sent_to_the_room_shard_region_reaches_the_members_and_nobody_else()
    {
        await using var member = await app.ConnectAsync("hello", "marker");
        await using var other = await app.ConnectAsync("hello", "marker");
        await member.InvokeAsync("Join", "mission:funSockets");
        await member.InvokeAsync("Join", "mission:marker");
        await other.InvokeAsync("Join", "mission:marker");

        var region = app.Services.GetRequiredService<IRequiredActor<RoomRegion>>().ActorRef;
        var receipt = await region.Ask<IFeedReply>(
            new Broadcast(RoomName.Parse("mission:funSockets"), EventName.Parse("hello"), "\"Hello to all my fun sockets!\""u8.ToArray()),
            TimeSpan.FromSeconds(10));
        await region.Ask<IFeedReply>(
            new Broadcast(RoomName.Parse("mission:marker"), EventName.Parse("marker"), "null"u8.ToArray()), TimeSpan.FromSeconds(10));

        Assert.Equal(1, Assert.IsType<Published>(receipt).Members);
        var received = await member.Inbox.NextAsync(2);
        Assert.Contains(received, message => message.Event == "hello" && (string)message.Data! == "Hello to all my fun sockets!");
        Assert.Equal("marker", (await other.Inbox.NextAsync()).Event);
    }

    [Fact]
    public async Task Data_that_is_no_json_is_refused_and_nobody_hears_it()
    {
        await using var member = await app.ConnectAsync("hello");
        await member.InvokeAsync("Join", "mission:strict");
        var region = app.Services.GetRequiredService<IRequiredActor<RoomRegion>>().ActorRef;

        foreach (var data in new[] { "Hello", "", "{\"a\":1", "1 2" })
        {
            var answer = await region.Ask<IFeedReply>(
                new Broadcast(RoomName.Parse("mission:strict"), EventName.Parse("hello"), System.Text.Encoding.UTF8.GetBytes(data)), TimeSpan.FromSeconds(10));
            Assert.Equal("invalid_request", Assert.IsType<Refused>(answer).Code);
        }
        await region.Ask<IFeedReply>(
            new Broadcast(RoomName.Parse("mission:strict"), EventName.Parse("hello"), "1"u8.ToArray()), TimeSpan.FromSeconds(10));
        Assert.Equal(1, (int)(await member.Inbox.NextAsync()).Data!);
    }

    [Fact]
    public async Task A_user_that_code_saves_through_the_repository_is_told_to_every_watcher_as_it_was_saved()
    {
        await using var watcher = await app.ConnectAsync("user");
        await watcher.InvokeAsync("Watch", "user");

        await using var scope = app.Services.CreateAsyncScope();
        var created = await scope.ServiceProvider.GetRequiredService<IModelRepository<User>>().CreateAsync(new User { Name = "johnny five" });

        var received = await watcher.Inbox.NextAsync();
        Assert.Equal("user", received.Event);
        var expected = new JsonObject
        {
            ["verb"] = "created",
            ["id"] = created.Id,
            ["data"] = new JsonObject { ["id"] = created.Id, ["name"] = "johnny five" },
        };
        Assert.True(JsonNode.DeepEquals(expected, received.Data), received.Data!.ToJsonString());
    }

    [Fact]
    public async Task Code_that_saves_by_the_context_itself_is_heard_too()
    {
        await using var watcher = await app.ConnectAsync("user");
        await watcher.InvokeAsync("Watch", "user");

        await using var scope = app.Services.CreateAsyncScope();
        var people = scope.ServiceProvider.GetRequiredService<People>();
        var ann = people.Users.Add(new User { Name = "Ann" }).Entity;
        await people.SaveChangesAsync();
        ann.Name = "Anna";
        await people.SaveChangesAsync();

        var events = await watcher.Inbox.NextAsync(2);
        Assert.Equal(["created", "updated"], events.Select(received => (string)received.Data!["verb"]!));
        Assert.Equal("Anna", (string)events[1].Data!["data"]!["name"]!);
    }

    /// <summary>Contract D-10, B-49: a handler of the application's own omits the socket whose request it serves, as blueprints do.</summary>
    [Fact]
    public async Task Who_asks_a_handler_for_a_change_over_its_socket_does_not_hear_of_it_and_the_others_do()
    {
        await using var scope = app.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<IModelRepository<User>>();
        var (ann, marker) = ((await users.CreateAsync(new User { Name = "Ann" })).Id, (await users.CreateAsync(new User { Name = "marker" })).Id);
        await using var requester = await app.ConnectAsync("user");
        await using var other = await app.ConnectAsync("user");
        foreach (var client in new[] { requester, other })
            await client.InvokeAsync("Subscribe", "user", new[] { ann, marker });

        var answer = await requester.InvokeAsync("Request", new { method = "POST", url = $"/rename/{ann}/Anna" });
        Assert.Equal(200, (int)answer!["statusCode"]!);
        Assert.Equal("Anna", (string)(await other.Inbox.NextAsync()).Data!["data"]!["name"]!);
        await users.UpdateAsync(marker, user => user.Name = "done");
        Assert.Equal("done", (string)(await requester.Inbox.NextAsync()).Data!["data"]!["name"]!);
    }
}
