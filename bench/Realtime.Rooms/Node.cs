using Realtime.Actors.Names;
using Akka.Actor;
using Akka.Cluster.Hosting;
using Akka.Configuration;
using Akka.Hosting;
using Akka.Persistence.Sql;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Realtime.Actors;
using Realtime.Actors.Cluster;
using Realtime.Actors.Rooms;

namespace Realtime.Rooms;

/// <summary>A node alone, without sockets, on an SQLite file of its own or in a PostgreSQL database.</summary>
internal sealed class Node : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly DirectoryInfo _folder;

    private Node(IHost host, DirectoryInfo folder, string storage) => (_host, _folder, Storage) = (host, folder, storage);

    /// <summary>The database, as a connection string.</summary>
    public string Storage { get; }

    public ActorSystem System => _host.Services.GetRequiredService<ActorSystem>();

    public IActorRef Rooms => _host.Services.GetRequiredService<IRequiredActor<RoomRegion>>().ActorRef;

    public NodeId Self => ClusterNodes.Of(System).Self;

    /// <summary>The size of the SQLite file.</summary>
    public long StoredBytes => _folder.EnumerateFiles("realtime.db").Sum(file => file.Length);

    /// <summary>Starts one.</summary>
    /// <param name="postgres">The database; null for an SQLite file.</param>
    /// <param name="idleAfter">When rooms rest.</param>
    public static async Task<Node> StartAsync(string? postgres, TimeSpan idleAfter)
    {
        var folder = Directory.CreateTempSubdirectory("realtime-rooms-");
        var connection = postgres ?? $"Data Source={Path.Combine(folder.FullName, "realtime.db")}";
        if (postgres is null)
            await UseWriteAheadLogAsync(connection);
        var config = ConfigurationFactory.ParseString($"""
            akka.loglevel = WARNING
            akka.persistence.journal.sql.connection-string = "{connection}"
            akka.persistence.snapshot-store.sql.connection-string = "{connection}"
            """).WithFallback(Hocon.Read(postgres is null ? "sqlite" : "postgres")).WithFallback(Hocon.Read("reference")).WithFallback(SqlPersistence.DefaultConfiguration);
        string[] roles = [Roles.Web, Roles.Room];
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddAkka("realtime", (akka, _) => akka
            .AddHocon(config, HoconAddMode.Prepend)
            .WithClustering(new ClusterOptions { Roles = roles })
            .AddRealtimeActors(roles, new RealtimeActorsOptions { CheckedPerSecond = 0, ResumeWindow = TimeSpan.Zero, Rooms = new() { IdleAfter = idleAfter } }));
        var host = builder.Build();
        await host.StartAsync();
        var node = new Node(host, folder, connection);
        var cluster = Akka.Cluster.Cluster.Get(node.System);
        await cluster.JoinAsync(cluster.SelfAddress);
        return node;
    }

    /// <summary>Returns when all joins are acknowledged.</summary>
    public async Task JoinAsync(Func<int, RoomName> roomOf, int joins, int underWay = 2000)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        System.ActorOf(Props.Create(() => new Crowd(Rooms, Self, roomOf, joins, underWay, done)));
        await done.Task;
    }

    public async ValueTask DisposeAsync()
    {
        await System.Terminate(); // not the rooms' rest, which is not measured
        _host.Dispose();
        SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }

    private static async Task UseWriteAheadLogAsync(string connection)
    {
        await using var file = new SqliteConnection(connection);
        await file.OpenAsync();
        await using var command = file.CreateCommand();
        command.CommandText = "PRAGMA journal_mode = WAL";
        await command.ExecuteNonQueryAsync();
    }
}
