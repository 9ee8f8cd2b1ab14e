using System.Data.Common;
using Akka.Actor;
using Akka.Configuration;
using Microsoft.Data.Sqlite;
using Npgsql;
using Realtime.Actors.Rooms;
using Realtime.Actors.Tests.Support;
using Realtime.Testing;
using static Realtime.Actors.Tests.Support.Given;

namespace Realtime.Actors.Tests.Persistence;

/// <summary>A million rooms that came and went leave an empty journal; here are ten thousand.</summary>
public abstract class ShortLivedRoomsSpec(Config storage) : ActorSpec(storage)
{
    private const int Rooms = 10_000;
    private const int AtOnce = 500;

    [SkippableFact]
    public async Task Ten_thousand_rooms_that_came_and_went_leave_the_tables_as_they_were()
    {
        var kept = StartRoom("lobby");
        await AskAsync<Joined>(kept, new JoinRoom(Lobby, Ann, Here));
        await RestAsync(kept);
        await Eventually.HoldsAsync(async () => Assert.Equal((0L, 1L), await RowsAsync()));

        foreach (var batch in Enumerable.Range(0, Rooms).Chunk(AtOnce))
            await Task.WhenAll(batch.Select(ComeAndGoAsync));

        await Eventually.HoldsAsync(async () => Assert.Equal((0L, 1L), await RowsAsync()));
        Assert.Equal((IEnumerable<SocketId>)[Ann], await MembersOfAsync(StartRoom("lobby"), LobbyFeed));
    }

    [SkippableFact]
    public async Task A_room_that_was_forgotten_never_uses_a_number_of_its_journal_again()
    {
        var first = await NumberOfARowAsync();
        await Eventually.HoldsAsync(async () => Assert.Equal((0L, 0L), await RowsAsync()));
        Assert.True(await NumberOfARowAsync() > first);
    }

    protected abstract DbConnection Connect();

    // Every other one rests with its member, so that it has a snapshot too.
    private async Task ComeAndGoAsync(int i)
    {
        var name = RoomName.Parse($"room {i}");
        var room = StartRoom(name.Value);
        await AskAsync<Joined>(room, new JoinRoom(name, Bob, Here));
        if (i % 2 == 0)
        {
            await StopAsync(room);
            room = StartRoom(name.Value);
        }
        await AskAsync<Left>(room, new Leave(FeedId.Of(name), Bob));
        await StopAsync(room);
    }

    private static async Task StopAsync(IActorRef room) =>
        Assert.True(await room.GracefulStop(TimeSpan.FromSeconds(60), StopFeed.Instance));

    private async Task<long> NumberOfARowAsync()
    {
        var room = StartRoom("lobby");
        await AskAsync<Joined>(room, new JoinRoom(Lobby, Ann, Here));
        var number = await ScalarAsync("SELECT max(sequence_number) FROM journal");
        await AskAsync<Left>(room, new Leave(LobbyFeed, Ann));
        await RestAsync(room);
        return number;
    }

    private async Task<(long Journal, long Snapshots)> RowsAsync() =>
        (await ScalarAsync("SELECT count(*) FROM journal"), await ScalarAsync("SELECT count(*) FROM snapshot"));

    private async Task<long> ScalarAsync(string query)
    {
        await using var connection = Connect();
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = query;
        return (long)(await command.ExecuteScalarAsync())!;
    }
}

/// <summary>With the embedded journal.</summary>
public sealed class SqliteShortLivedRoomsSpec : ShortLivedRoomsSpec
{
    private readonly TempFolder _folder;

    public SqliteShortLivedRoomsSpec()
        : this(new TempFolder())
    {
    }

    private SqliteShortLivedRoomsSpec(TempFolder folder)
        : base(Storage.Sqlite(ConnectionTo(folder))) => _folder = folder;

    protected override DbConnection Connect() => new SqliteConnection(ConnectionTo(_folder));

    protected override void AfterAll()
    {
        base.AfterAll();
        SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    private static string ConnectionTo(TempFolder folder) => $"Data Source={folder["realtime.db"]}";
}

/// <summary>With the journal of a cluster.</summary>
public sealed class PostgresShortLivedRoomsSpec(Postgres postgres)
    : ShortLivedRoomsSpec(Storage.Postgres(postgres.ConnectionString)), IClassFixture<Postgres>
{
    private readonly string _connection = postgres.ConnectionString;

    protected override DbConnection Connect() => new NpgsqlConnection(_connection);
}
