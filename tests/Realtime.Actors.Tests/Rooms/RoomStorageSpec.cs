using Akka.Actor;
using Microsoft.Data.Sqlite;
using Realtime.Actors.Rooms;
using Realtime.Actors.Tests.Support;
using Realtime.Testing;
using static Realtime.Actors.Tests.Support.Given;

namespace Realtime.Actors.Tests.Rooms;

/// <summary>Rooms on the storage that is used in earnest: one SQLite file for each test.</summary>
public sealed class RoomStorageSpec : ActorSpec
{
    private readonly TempFolder _folder;

    public RoomStorageSpec()
        : this(new TempFolder())
    {
    }

    private RoomStorageSpec(TempFolder folder)
        : base(Storage.Sqlite(ConnectionTo(folder))) => _folder = folder;

    [Fact]
    public async Task Members_are_still_members_after_their_room_was_killed()
    {
        var room = StartRoom("lobby");
        await AskAsync<Joined>(room, new JoinRoom(Lobby, Ann, Here));
        await AskAsync<Joined>(room, new JoinRoom(Lobby, Bob, Here));
        await AskAsync<Left>(room, new Leave(LobbyFeed, Bob));
        await KillAsync(room);
        Assert.Equal((IEnumerable<SocketId>)[Ann], await MembersOfAsync(StartRoom("lobby"), LobbyFeed));
    }

    [Fact]
    public async Task A_room_that_rested_goes_on_with_its_numbers_and_its_history()
    {
        var room = StartRoom("lobby");
        await AskAsync<Joined>(room, new JoinRoom(Lobby, Ann, Here));
        var first = (await AskAsync<Published>(room, Say())).Position;
        await RestAsync(room);
        room = StartRoom("lobby");
        var resumed = await AskAsync<Resumed>(room, new Resume(LobbyFeed, Ann, Here, first with { Seq = 0 }));
        Assert.True(resumed.Recovered);
        Assert.Single(resumed.Missed);
        Assert.Equal(first.Next(), (await AskAsync<Published>(room, Say())).Position);
        await RestAsync(room);
        Assert.Equal(first.Next(), (await AskAsync<FeedDescription>(StartRoom("lobby"), new Describe(LobbyFeed))).Position);
    }

    [Fact]
    public async Task A_room_with_its_members_in_memory_rests_with_its_numbers_and_leaves_nothing_when_all_have_left()
    {
        Options = new() { TransientMembership = true }; // this node takes no connections, so nobody is asked for members
        var room = StartRoom("lobby");
        await AskAsync<Joined>(room, new JoinRoom(Lobby, Ann, Here));
        var first = (await AskAsync<Published>(room, Say())).Position;
        await RestAsync(room);
        Assert.Equal((0, 1), (Count("SELECT count(*) FROM journal"), Count("SELECT count(*) FROM snapshot")));
        room = StartRoom("lobby");
        Assert.Empty(await MembersOfAsync(room, LobbyFeed));
        await AskAsync<Joined>(room, new JoinRoom(Lobby, Ann, Here));
        Assert.Equal(first.Next(), (await AskAsync<Published>(room, Say())).Position);
        await RestAsync(room);
        room = StartRoom("lobby");
        await RestAsync(room);
        Assert.Equal(0, Count("SELECT count(*) FROM journal"));
        Assert.Equal(0, Count("SELECT count(*) FROM snapshot"));
    }

    [Fact]
    public async Task A_room_that_is_killed_after_it_spoke_again_begins_a_new_epoch()
    {
        var room = StartRoom("lobby");
        await AskAsync<Joined>(room, new JoinRoom(Lobby, Ann, Here));
        await AskAsync<Published>(room, Say());
        await RestAsync(room);
        room = StartRoom("lobby");
        var said = (await AskAsync<Published>(room, Say())).Position;
        await KillAsync(room);
        var after = (await AskAsync<FeedDescription>(StartRoom("lobby"), new Describe(LobbyFeed))).Position;
        Assert.True(after.Epoch > said.Epoch);
        Assert.Equal(0, after.Seq);
    }

    [Fact]
    public async Task A_room_that_is_emptied_in_its_first_life_leaves_no_events()
    {
        var room = StartRoom("lobby");
        await AskAsync<Joined>(room, new JoinRoom(Lobby, Ann, Here));
        await AskAsync<Left>(room, new Leave(LobbyFeed, Ann));
        await RestAsync(room);
        Assert.Equal(0, Count("SELECT count(*) FROM journal"));
        Assert.Equal(0, Count("SELECT count(*) FROM snapshot"));
    }

    [Fact]
    public async Task A_room_that_is_emptied_later_leaves_no_events_and_no_snapshot()
    {
        Options = new() { RowsPerSnapshot = 2 };
        var room = StartRoom("lobby");
        for (var i = 0; i < 5; i++)
            await AskAsync<Joined>(room, new JoinRoom(Lobby, SocketId.Trusted($"s{i}"), Here));
        await RestAsync(room);
        // The one of its rest takes the place of those before it, which go when the room has stopped.
        await Eventually.TrueAsync(() => Task.FromResult(Count("SELECT count(*) FROM snapshot") == 1));
        room = StartRoom("lobby");
        for (var i = 0; i < 5; i++)
            await AskAsync<Left>(room, new Leave(LobbyFeed, SocketId.Trusted($"s{i}")));
        await RestAsync(room);
        Assert.Equal(0, Count("SELECT count(*) FROM journal"));
        Assert.Equal(0, Count("SELECT count(*) FROM snapshot"));
        Assert.Empty(await MembersOfAsync(StartRoom("lobby"), LobbyFeed));
    }

    [Fact]
    public async Task What_a_durable_room_has_acknowledged_survives_its_death()
    {
        Options = new() { Durable = true };
        var room = StartRoom("lobby");
        await AskAsync<Joined>(room, new JoinRoom(Lobby, Ann, Here));
        var said = await AskAsync<Published>(room, Say(key: "k"));
        await KillAsync(room);
        room = StartRoom("lobby");
        Assert.Equal(said.Position, (await AskAsync<Published>(room, Say(key: "k"))).Position);
        Assert.Equal(said.Position.Next(), (await AskAsync<Published>(room, Say())).Position);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_retry_after_its_room_rested_is_answered_with_the_first_receipt(bool durable)
    {
        Options = new() { Durable = durable };
        var room = StartRoom("lobby");
        await AskAsync<Joined>(room, new JoinRoom(Lobby, Ann, Here));
        var said = await AskAsync<Published>(room, Say(key: "k"));
        await RestAsync(room);
        room = StartRoom("lobby");
        Assert.Equal(said, await AskAsync<Published>(room, Say(key: "k")));
        await RestAsync(room);
        room = StartRoom("lobby");
        Assert.Equal(said, await AskAsync<Published>(room, Say(key: "k")));
        Assert.Equal(said.Position.Next(), (await AskAsync<Published>(room, Say(key: "other"))).Position);
    }

    [Fact]
    public async Task A_durable_room_knows_the_receipts_behind_its_last_snapshot()
    {
        Options = new() { Durable = true, RowsPerSnapshot = 2, IdempotencyKeys = 3 };
        var room = StartRoom("lobby");
        await AskAsync<Joined>(room, new JoinRoom(Lobby, Ann, Here));
        var said = new List<Published>();
        for (var i = 0; i < 6; i++)
            said.Add(await AskAsync<Published>(room, Say(key: $"k{i}")));
        await Eventually.TrueAsync(() => Task.FromResult(Count("SELECT count(*) FROM snapshot") > 0));
        await KillAsync(room);
        room = StartRoom("lobby");
        for (var i = 3; i < 6; i++)
            Assert.Equal(said[i], await AskAsync<Published>(room, Say(key: $"k{i}")));
        Assert.Equal(said[5].Position.Next(), (await AskAsync<Published>(room, Say(key: "k2"))).Position);
    }

    protected override void AfterAll()
    {
        base.AfterAll();
        SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    private static string ConnectionTo(TempFolder folder) => $"Data Source={folder["realtime.db"]}";

    private long Count(string query)
    {
        using var connection = new SqliteConnection(ConnectionTo(_folder));
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = query;
        return (long)command.ExecuteScalar()!;
    }
}
