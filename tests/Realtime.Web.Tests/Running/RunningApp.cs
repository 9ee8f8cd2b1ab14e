using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Realtime.Testing;
using Realtime.Testing.Clients;
using Realtime.Web.Blueprints;
using Realtime.Web.Models;
using Realtime.Web.Sockets;
using Realtime.Web.VirtualRequests;

namespace Realtime.Web.Tests.Running;

/// <summary>An application with the service in it and one model, on real Kestrel and a real SQLite journal.</summary>
public sealed class RunningApp : IAsyncLifetime, IDisposable
{
    private readonly TempFolder _data = new();
    private WebApplication? _app;
    private int _endedOpenings;

    public IServiceProvider Services => _app!.Services;

    public Uri Hub => new(Url, MapRealtimeExtensions.HubPath);

    public HttpClient Http { get; } = new();

    /// <summary>What the application was told of sockets.</summary>
    internal Hooks Hooks { get; } = new();

    /// <summary>How many requests for a WebSocket have ended.</summary>
    public int EndedOpenings => Volatile.Read(ref _endedOpenings);

    /// <summary>How long it waits for them when it ends.</summary>
    internal TimeSpan GoneWithin { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How many rows of the journal and snapshots are of feeds whose name ends so.</summary>
    public long RowsOf(string name)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(_data.Path, "realtime.db")}");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT (SELECT count(*) FROM journal WHERE persistence_id = $id) + (SELECT count(*) FROM snapshot WHERE persistence_id = $id)";
        command.Parameters.AddWithValue("$id", $"room:{name}");
        return (long)command.ExecuteScalar()!;
    }

    private Uri Url => new(Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single());

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Realtime:Data"] = _data.Path,
            ["Realtime:Sockets:GoneWithin"] = $"{GoneWithin}",
            ["Realtime:Rooms:Patterns:0:Pattern"] = "durable:*",
            ["Realtime:Rooms:Patterns:0:Durable"] = "true",
            ["Realtime:Rooms:Patterns:1:Pattern"] = "servers:*",
            ["Realtime:Rooms:Patterns:1:Join"] = "Servers",
            ["Realtime:Rooms:Patterns:1:Publish"] = "Servers",
            ["Realtime:Rooms:Patterns:2:Pattern"] = "people:*",
            ["Realtime:Rooms:Patterns:2:Presence"] = "true",
            ["Realtime:Rooms:Patterns:3:Pattern"] = "transient:*",
            ["Realtime:Rooms:Patterns:3:TransientMembership"] = "true",
            ["Realtime:Rooms:Patterns:3:Presence"] = "true",
            ["Realtime:Rooms:Patterns:3:IdleAfter"] = "00:00:01",
        });
        builder.Services.AddRealtime(builder.Configuration);
        builder.Services.AddDbContext<People>(people =>
            people.UseSqlite(new SqliteConnectionStringBuilder { DataSource = Path.Combine(_data.Path, "people.db") }.ToString()));
        builder.Services.AddRealtimeModels<People>();
        builder.Services.AddSingleton<ISocketHooks, BrokenHooks>();
        builder.Services.AddSingleton<ISocketHooks>(Hooks);
        _app = builder.Build();
        await using (var scope = Services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<People>().Database.EnsureCreatedAsync();
        _app.Use(async (context, next) =>
        {
            await next(context);
            if (context.Response.StatusCode == StatusCodes.Status101SwitchingProtocols)
                Interlocked.Increment(ref _endedOpenings);
        });
        _app.MapRealtime();
        var blueprints = _app.MapBlueprints<People>(options => options.For<Diary>(new Owners()));
        blueprints.MapBlueprint("user.find", "/staff");
        blueprints.MapBlueprint("diary.findOne", "/notebook/{id}");
        _app.MapPost("/rename/{id:int}/{name}", async (int id, string name, RealtimeSocket? socket, IModelRepository<User> users) =>
        {
            await users.UpdateAsync(id, user => user.Name = name, socket?.Id);
        });
        await _app.StartAsync();
        Http.BaseAddress = Url;
    }

    public Task StopAsync() => _app!.StopAsync();

    public async Task DisposeAsync()
    {
        await StopAsync();
        await _app!.DisposeAsync();
    }

    public void Dispose()
    {
        Http.Dispose();
        _data.Dispose();
    }

    /// <summary>Connects a stock client.</summary>
    public Task<DotNetClient> ConnectAsync(params string[] events) => DotNetClient.ConnectAsync(Hub, HubProtocol.Json, events);

    /// <summary>Connects a stock client, and tells which socket it is.</summary>
    public async Task<(DotNetClient Client, string Socket)> ConnectSocketAsync(params string[] events)
    {
        var client = await ConnectAsync(events);
        return (client, (string)(await client.InvokeAsync("Hello"))!["socketId"]!);
    }
}

/// <summary>Specs that share one application; each has rooms of its own.</summary>
[CollectionDefinition(nameof(RunningApp))]
public sealed class SharedRunningApp : ICollectionFixture<RunningApp>;
