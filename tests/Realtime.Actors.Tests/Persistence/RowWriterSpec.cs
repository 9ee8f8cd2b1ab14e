using System.Data.Common;
using Akka.Configuration;
using Microsoft.Data.Sqlite;
using Realtime.Actors.Persistence;
using Realtime.Actors.Rooms;
using Realtime.Actors.Tests.Support;
using Realtime.Testing;
using static Realtime.Actors.Tests.Support.Given;

namespace Realtime.Actors.Tests.Persistence;

/// <summary>The rows of many feeds go into one transaction, and yet each feed stands for itself.</summary>
public abstract class RowWriterSpec(Config storage) : ActorSpec(storage)
{
    [SkippableFact]
    public async Task A_row_that_is_there_already_fails_alone_and_those_beside_it_are_written()
    {
        await AskAsync<Joined>(StartRoom("lobby"), new JoinRoom(Lobby, Ann, Here)); // makes the tables
        var database = new StorageDatabase(Sys.Settings.Config.GetConfig("akka.persistence.journal.sql"));
        var writer = new RowWriter(database);
        RowWriter.Write first = new([Row("a", 1), Row("a", 2)]), again = new([Row("a", 3), Row("a", 2)]), other = new([Row("b", 1)]);
        Assert.Empty(await writer.AddEventsAsync([first]));

        var faults = await writer.AddEventsAsync([again, other]);

        Assert.Equal([again], faults.Keys);
        Assert.True(StorageDatabase.IsConflict(Assert.IsAssignableFrom<DbException>(faults[again])));
        Assert.Equal([("a", 1), ("a", 2), ("b", 1)], await RowsAsync(database, "journal")); // of one feed all or none
    }

    [SkippableFact]
    public async Task A_snapshot_takes_the_place_of_one_with_the_same_number()
    {
        var room = StartRoom("lobby");
        await AskAsync<Joined>(room, new JoinRoom(Lobby, Ann, Here));
        await RestAsync(room); // makes the tables
        var database = new StorageDatabase(Sys.Settings.Config.GetConfig("akka.persistence.snapshot-store.sql"));
        var writer = new RowWriter(database);
        Assert.Empty(await writer.PutSnapshotsAsync([new([Row("a", 1)]), new([Row("b", 1)])]));
        Assert.Empty(await writer.PutSnapshotsAsync([new([Row("a", 1) with { Manifest = "later" }])]));

        Assert.Equal([("a", 1), ("b", 1)], await RowsAsync(database, "snapshot"));
        Assert.Equal(["later"], await database.ReadAsync("SELECT manifest FROM snapshot WHERE persistence_id = 'a'", row => row.GetString(0)));
    }

    [SkippableFact]
    public async Task Rooms_that_are_joined_at_once_are_all_there_after_their_death()
    {
        RoomName[] names = [.. Enumerable.Range(0, 300).Select(i => RoomName.Parse($"room {i}"))];
        await Task.WhenAll(names.Select(async name =>
        {
            var room = StartRoom(name.Value);
            await AskAsync<Joined>(room, new JoinRoom(name, Ann, Here));
            await AskAsync<Joined>(room, new JoinRoom(name, Bob, Here));
            Sys.Stop(room);
        }));
        foreach (var name in names)
            Assert.Equal((IEnumerable<SocketId>)[Ann, Bob], await MembersOfAsync(StartRoom(name.Value), FeedId.Of(name)));
    }

    private static StoredRow Row(string id, long number) => new(id, number, 1, [1, 2], 3, "manifest");

    private static async Task<(string, int)[]> RowsAsync(StorageDatabase database, string table) =>
        [.. await database.ReadAsync(
            $"SELECT persistence_id, sequence_number FROM {table} WHERE persistence_id IN ('a', 'b') ORDER BY persistence_id, sequence_number",
            row => (row.GetString(0), row.GetInt32(1)))];
}

/// <summary>With the embedded journal.</summary>
public sealed class SqliteRowWriterSpec : RowWriterSpec
{
    private readonly TempFolder _folder;

    public SqliteRowWriterSpec()
        : this(new TempFolder())
    {
    }

    private SqliteRowWriterSpec(TempFolder folder)
        : base(Storage.Sqlite($"Data Source={folder["realtime.db"]}")) => _folder = folder;

    protected override void AfterAll()
    {
        base.AfterAll();
        SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }
}

/// <summary>With the journal of a cluster.</summary>
public sealed class PostgresRowWriterSpec : RowWriterSpec, IAsyncLifetime
{
    private readonly Postgres _postgres;

    public PostgresRowWriterSpec()
        : this(new Postgres())
    {
    }

    private PostgresRowWriterSpec(Postgres postgres)
        : base(Storage.Postgres(postgres.ConnectionString)) => _postgres = postgres;

    public Task InitializeAsync() => _postgres.InitializeAsync();

    public Task DisposeAsync() => _postgres.DisposeAsync();
}
