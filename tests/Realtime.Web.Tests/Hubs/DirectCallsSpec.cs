using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Security.Claims;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Realtime.Actors.Names;
using Realtime.Testing;
using Realtime.Web.Rooms;
using Realtime.Web.Tests.VirtualRequests;

namespace Realtime.Web.Tests.Hubs;

/// <summary>
/// Joins and leaves without SignalR's dispatcher: what clients see of it is nothing. SignalR finds methods whatever the case of their
/// names, while only those that are written as they are called are direct: so both ways can be compared.
/// </summary>
public sealed class DirectCallsSpec : IDisposable
{
    private readonly TempFolder _data = new();
    private readonly ConcurrentQueue<string> _dispatched = new();

    [Fact]
    public async Task Joins_and_leaves_do_not_go_through_the_dispatcher_and_other_calls_do()
    {
        await using var app = await StartAsync();
        foreach (var method in (string[])["Join", "Leave"])
        {
            // Each by a client of its own: one that comes right behind an answer may find that call not quite over, and waits for it.
            await using var other = await RawClient.ConnectAsync(UrlOf(app));
            await CallAsync(other, method, "a");
        }
        Assert.Empty(_dispatched);
        await using var client = await RawClient.ConnectAsync(UrlOf(app));
        await CallAsync(client, "join", "a");
        await CallAsync(client, "Rooms");
        Assert.Equal(["join", "Rooms"], _dispatched);
    }

    [Theory]
    [InlineData("Join", "")]
    [InlineData("Join", "servers:a")]
    [InlineData("Join", "later:no")]
    [InlineData("Join", "broken:a")]
    [InlineData("Join", "1f3a90bc.AAAAAAAAAAAAAAAA")]
    [InlineData("Join", null, null)]
    [InlineData("Join", "lobby", "presence, where there is none")]
    [InlineData("Leave", "")]
    [InlineData("Leave", "1f3a90bc.AAAAAAAAAAAAAAAA")]
    [InlineData("Leave", "never-joined")]
    [InlineData("Leave", "one", "too many")]
    public async Task What_is_refused_is_refused_in_the_same_words(string method, params string?[] arguments)
    {
        await using var app = await StartAsync();
        await using var client = await RawClient.ConnectAsync(UrlOf(app));
        var direct = await CallAsync(client, method, arguments);
        var dispatched = await CallAsync(client, method.ToLowerInvariant(), arguments);
        Assert.Equal(dispatched["error"].Text()?.Replace($"'{method.ToLowerInvariant()}'", $"'{method}'"), direct["error"].Text());
        Assert.Equal(dispatched["result"]?.ToJsonString(), direct["result"]?.ToJsonString());
        Assert.Equal(["a"], (await JoinedAsync(client, "a")).Select(room => room.Text()));
    }

    [Theory]
    [InlineData("lobby")]
    [InlineData("later:yes")]
    [InlineData("people:a", "hello")]
    public async Task What_is_granted_is_told_in_the_same_way(string room, params string[] presence)
    {
        await using var app = await StartAsync();
        await using var client = await RawClient.ConnectAsync(UrlOf(app));
        var direct = await CallAsync(client, "Join", [room, .. presence]);
        var dispatched = await CallAsync(client, "join", [room, .. presence]);
        // Where members are known to each other, the room says who has come.
        Assert.Equal(direct["result"]!["seq"]!.GetValue<long>() + presence.Length, dispatched["result"]!["seq"]!.GetValue<long>());
        direct["result"]!["seq"] = dispatched["result"]!["seq"]!.DeepClone();
        Assert.Equal(dispatched.ToJsonString(), direct.ToJsonString());
        Assert.Equal(room, direct["result"]!["room"].Text());
        Assert.Equal([room], (await CallAsync(client, "Rooms"))["result"]!.AsArray().Select(name => name.Text()));

        direct = await CallAsync(client, "Leave", room);
        await CallAsync(client, "Join", room);
        dispatched = await CallAsync(client, "leave", room);
        Assert.Equal(dispatched.ToJsonString(), direct.ToJsonString());
        Assert.Empty((await CallAsync(client, "Rooms"))["result"]!.AsArray());
    }

    [Fact]
    public async Task A_call_without_an_id_has_its_effect_and_no_answer()
    {
        await using var app = await StartAsync();
        await using var client = await RawClient.ConnectAsync(UrlOf(app));
        await client.SendAsync("""{"type":1,"target":"Join","arguments":["quiet"]}""");
        var rooms = await client.CallAsync("Rooms");
        Assert.Equal(["quiet"], Assert.Single(await client.UntilAnswerAsync(rooms))["result"]!.AsArray().Select(name => name.Text()));
    }

    [Theory, InlineData(HttpTransportType.ServerSentEvents), InlineData(HttpTransportType.LongPolling)]
    public async Task They_are_direct_over_other_transports_too(HttpTransportType transport)
    {
        await using var app = await StartAsync();
        await using var client = new HubConnectionBuilder().WithUrl(new Uri(UrlOf(app), MapRealtimeExtensions.HubPath), transport).Build();
        await client.StartAsync();
        Assert.Equal("a", (await client.InvokeAsync<JsonNode>("Join", "a"))["room"].Text());
        Assert.Empty(_dispatched);
    }

    /// <summary>Each call waits for the one before, whichever way that goes.</summary>
    [Fact]
    public async Task Calls_of_both_ways_stay_in_the_order_they_were_sent()
    {
        await using var app = await StartAsync();
        await using var client = await RawClient.ConnectAsync(UrlOf(app));
        var calls = new List<string?>();
        for (var round = 0; round < 30; round++)
        {
            foreach (var method in (string[])["Join", "leave", "join", "Leave", "later"])
                calls.Add(await client.CallAsync(method == "later" ? "Join" : method, method == "later" ? "later:yes" : "a"));
        }
        var answers = new List<string?>();
        while (answers.Count < calls.Count)
        {
            var answer = await client.NextAsync();
            Assert.Null(answer["error"]);
            answers.Add(answer["invocationId"].Text());
        }
        Assert.Equal(calls, answers);
        Assert.Equal(["later:yes"], (await CallAsync(client, "Rooms"))["result"]!.AsArray().Select(name => name.Text()));
    }

    [Fact]
    public async Task A_hub_filter_of_the_application_sees_every_call()
    {
        var seen = new ConcurrentQueue<string>();
        await using var app = await StartAsync(services => services.AddSignalR(signalR => signalR.AddFilter(new Watching(seen))));
        await using var client = await RawClient.ConnectAsync(UrlOf(app));
        await CallAsync(client, "Join", "a");
        await CallAsync(client, "Leave", "a");
        Assert.Equal(["Join", "Leave"], seen);
    }

    /// <summary>Another hub of the application has the protocols, and calls with the names of ours.</summary>
    [Fact]
    public async Task Other_hubs_of_the_application_are_left_alone()
    {
        await using var app = await StartAsync(services => services.AddSignalR(), app => app.MapHub<Doors>("/doors"));
        await using var client = await RawClient.ConnectAsync(UrlOf(app), "/doors");
        Assert.Equal("a door", (await CallAsync(client, "Join", "a door"))["result"].Text());
        Assert.Equal(["Join"], _dispatched);
    }

    [Fact]
    public async Task Who_listens_to_traces_of_SignalR_has_every_call_traced()
    {
        var room = $"traced-{Guid.NewGuid():n}";
        await using var app = await StartAsync();
        await using var client = await RawClient.ConnectAsync(UrlOf(app));
        using (var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == "Microsoft.AspNetCore.SignalR.Server",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
        })
        {
            ActivitySource.AddActivityListener(listener);
            await CallAsync(client, "Join", room);
        }
        Assert.Equal(["Join"], _dispatched);
    }

    public void Dispose() => _data.Dispose();

    private static async Task<JsonNode> CallAsync(RawClient client, string method, params string?[] arguments)
    {
        var answer = (await client.UntilAnswerAsync(await client.CallAsync(method, [.. arguments.Select(argument => (JsonNode?)argument)])))[^1];
        answer.AsObject().Remove("invocationId");
        return answer;
    }

    private static async Task<JsonArray> JoinedAsync(RawClient client, string room)
    {
        await CallAsync(client, "Join", room);
        return (await CallAsync(client, "Rooms"))["result"]!.AsArray();
    }

    private static Uri UrlOf(WebApplication app) =>
        new(app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single());

    private async Task<WebApplication> StartAsync(Action<IServiceCollection>? configure = null, Action<WebApplication>? map = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        builder.Logging.ClearProviders().AddProvider(new DispatcherLog(_dispatched)).SetMinimumLevel(LogLevel.Debug);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Realtime:Data"] = _data.Path,
            ["Realtime:Rooms:Patterns:0:Pattern"] = "people:*",
            ["Realtime:Rooms:Patterns:0:Presence"] = "true",
        });
        builder.Services.AddRealtime(builder.Configuration);
        builder.Services.AddSingleton<IRoomAuthorizer, Authorizer>();
        configure?.Invoke(builder.Services);
        var app = builder.Build();
        app.MapRealtime();
        map?.Invoke(app);
        await app.StartAsync();
        return app;
    }

    /// <summary>Decides at once, later, or not at all.</summary>
    private sealed class Authorizer : IRoomAuthorizer
    {
        public async ValueTask<bool> MayJoinAsync(ClaimsPrincipal user, SocketId socket, RoomName room, CancellationToken cancellation)
        {
            if (room.Value.StartsWith("later:", StringComparison.Ordinal))
                await Task.Yield();
            if (room.Value.StartsWith("broken:", StringComparison.Ordinal))
                throw new InvalidOperationException("The directory of users is not there.");
            return room.Value is not ("later:no" or "servers:a");
        }

        public ValueTask<bool> MayPublishAsync(ClaimsPrincipal user, SocketId socket, RoomName room, CancellationToken cancellation) => new(true);
    }

    private sealed class Doors : Hub
    {
        public string Join(string door) => door;
    }

    private sealed class Watching(ConcurrentQueue<string> seen) : IHubFilter
    {
        public ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocation, Func<HubInvocationContext, ValueTask<object?>> next)
        {
            seen.Enqueue(invocation.HubMethodName);
            return next(invocation);
        }
    }

    /// <summary>Which calls SignalR's dispatcher says that it has got.</summary>
    private sealed class DispatcherLog(ConcurrentQueue<string> dispatched) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => categoryName.EndsWith(".DefaultHubDispatcher", StringComparison.Ordinal)
            ? this
            : Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var text = formatter(state, exception);
            if (eventId.Name == "ReceivedHubInvocation" && text.Split("Target: \"") is [_, var target])
                dispatched.Enqueue(target[..target.IndexOf('"')]);
        }

        public void Dispose()
        {
        }
    }
}
