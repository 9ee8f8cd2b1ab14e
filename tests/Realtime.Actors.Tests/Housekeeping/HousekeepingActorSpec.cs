using System.Data.Common;
using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.Configuration;
using Akka.TestKit;
using Microsoft.Data.Sqlite;
using Npgsql;
using Realtime.Actors.Housekeeping;
using Realtime.Actors.Persistence;
using Realtime.Actors.Rooms;
using Realtime.Actors.Tests.Support;
using Realtime.Actors.Topics;
using Realtime.Testing;
using static Realtime.Actors.Tests.Support.Given;

namespace Realtime.Actors.Tests.Housekeeping;

/// <summary>Nothing that nobody wakes stays in storage for ever.</summary>
public abstract class HousekeepingActorSpec : ActorSpec
{
    private static readonly NodeId Lost = new(404);
    private static readonly TimeSpan PageTime = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(50);

    protected HousekeepingActorSpec(Config storage)
        : base(storage) => Options = new() { ResumeWindow = Soon, IdleAfter = Soon, WatchesItself = true };

    [SkippableFact]
    public async Task Rooms_and_topics_whose_members_died_with_their_node_leave_nothing()
    {
        for (var i = 0; i < 6; i++)
            await (i % 2 == 0 ? AbandonAsync(Room($"room {i}")) : AbandonKilledAsync(Room($"room {i}")));
        // Of these the tables have a hash.
        await AbandonAsync(Room(new string('x', 255)));
        await AbandonKilledAsync(Room(new string('y', 256)));
        var topic = StartTopic(Users);
        await AskAsync<Subscribed>(topic, SubscribeTo(Ann, Lost, watch: true, 7));
        await RestAsync(topic);

        var shard = StartShard();
        Sweep(_ => shard, perPage: 2);

        await Eventually.HoldsAsync(async () => Assert.Equal((0L, 0L), await RowsAsync()));
    }

    [SkippableFact]
    public async Task Members_who_are_there_stay_and_their_room_goes_on_with_its_numbers()
    {
        var room = StartRoom("lobby");
        await AskAsync<Joined>(room, new JoinRoom(Lobby, Ann, Here));
        await AskAsync<Joined>(room, new JoinRoom(Lobby, Bob, Lost));
        var said = (await AskAsync<Published>(room, Say())).Position;
        await RestAsync(room);

        var shard = StartShard();
        Sweep(_ => shard, perPage: 2);

        // Looked at from beside, since to ask the room would wake it.
        await Eventually.HoldsAsync(async () => Assert.Equal([Ann], await StoredMembersAsync()));
        Assert.Equal((IEnumerable<SocketId>)[Ann], await MembersOfAsync(shard, LobbyFeed));
        Assert.Equal(said, (await AskAsync<FeedDescription>(shard, new Describe(LobbyFeed))).Position);
    }

    [SkippableFact]
    public async Task A_room_that_is_used_while_it_is_looked_at_loses_nobody_and_refuses_nothing()
    {
        Options = Options with { IdleAfter = TimeSpan.FromMilliseconds(1) }; // so that it is always about to rest
        var shard = StartShard();
        await AskAsync<Joined>(shard, new JoinRoom(Lobby, Ann, Here));
        for (var round = 0; round < 100; round++)
        {
            foreach (var socket in (SocketId[])[Bob, Cid])
            {
                shard.Tell(new CheckNodes(LobbyFeed), TestActor);
                var joined = AskAsync<Joined>(shard, new JoinRoom(Lobby, socket, Here));
                shard.Tell(new CheckNodes(LobbyFeed), TestActor);
                await joined;
            }
            shard.Tell(new CheckNodes(LobbyFeed), TestActor);
            Assert.Equal(3, (await AskAsync<Published>(shard, Say())).Members);
            foreach (var socket in (SocketId[])[Bob, Cid])
            {
                shard.Tell(new CheckNodes(LobbyFeed), TestActor);
                await AskAsync<Left>(shard, new Leave(LobbyFeed, socket));
            }
        }
        Assert.Equal((IEnumerable<SocketId>)[Ann], await MembersOfAsync(shard, LobbyFeed));
    }

    [SkippableFact]
    public async Task A_room_with_nobody_to_wait_for_asks_to_be_let_go_at_once_unless_it_is_used()
    {
        Options = new();
        var shard = CreateTestProbe();
        var room = shard.ChildActorOf(PropsOf(LobbyFeed));
        room.Tell(new CheckNodes(LobbyFeed), TestActor);
        await shard.ExpectMsgAsync<Passivate>(TimeSpan.FromSeconds(20));

        var used = shard.ChildActorOf(PropsOf(UsersFeed));
        await AskAsync<FeedDescription>(used, new Describe(UsersFeed));
        used.Tell(new CheckNodes(UsersFeed), TestActor);
        await AskAsync<FeedDescription>(used, new Describe(UsersFeed));
        await shard.ExpectNoMsgAsync(TimeSpan.Zero);
    }

    [SkippableFact]
    public async Task One_that_is_broken_off_goes_on_near_the_place_that_it_came_to_and_still_comes_to_all()
    {
        const int rooms = 200; // far more than it looks at until it is stopped
        await Task.WhenAll(Enumerable.Range(0, rooms).Select(i => AbandonAsync(Room($"room {i:000}"))));
        var first = CreateTestProbe();
        var broken = Sweep(_ => first, perPage: 1);
        Assert.Equal(Enumerable.Range(0, 12).Select(i => $"room {i:000}"), await NextAsync(first, 12));
        await Eventually.HoldsAsync(async () => Assert.Equal(rooms + 1L, (await RowsAsync()).Snapshots));
        await KillAsync(broken);

        var second = CreateTestProbe();
        Sweep(_ => second, perPage: 20);
        var seen = await NextAsync(second, rooms);
        var place = int.Parse(seen[0].AsSpan(5), System.Globalization.CultureInfo.InvariantCulture);
        Assert.NotEqual(0, place);
        Assert.Equal(Enumerable.Range(0, rooms).Select(i => $"room {(place + i) % rooms:000}"), seen);
        await second.ExpectNoMsgAsync(TimeSpan.Zero);
        await Eventually.HoldsAsync(async () => Assert.Equal((0L, (long)rooms), await RowsAsync())); // nor is its place left
    }

    protected abstract DbConnection Connect();

    private static RoomName Room(string name) => RoomName.Parse(name);

    private static async Task<string[]> NextAsync(TestProbe probe, int count)
    {
        var names = new string[count];
        for (var i = 0; i < count; i++)
            names[i] = (await probe.ExpectMsgAsync<CheckNodes>(TimeSpan.FromSeconds(20))).Feed.EntityId;
        return names;
    }

    private IActorRef Sweep(Func<FeedId, IActorRef> regionOf, int perPage)
    {
        var stored = new StoredFeeds(new StorageDatabase(Sys.Settings.Config.GetConfig("akka.persistence.journal.sql")), Sys.Serialization);
        return Sys.ActorOf(ActorFactory<HousekeepingActor>.Props(() => new HousekeepingActor(stored, regionOf, perPage, PageTime)));
    }

    private IActorRef StartShard() => Sys.ActorOf(Props.Create(() => new FakeShard(PropsOf)));

    private Props PropsOf(FeedId feed)
    {
        if (feed.IsTopic)
            return ActorFactory<TopicActor>.Props(() => new TopicActor(TopicName.Trusted(feed.EntityId), Options, Nodes, Time));
        return ActorFactory<RoomActor>.Props(() => new RoomActor(RoomName.Trusted(feed.EntityId), Options, Nodes, Time));
    }

    private async Task AbandonAsync(RoomName name)
    {
        var room = StartRoom(name.Value);
        await AskAsync<Joined>(room, new JoinRoom(name, Ann, Lost));
        Assert.True(await room.GracefulStop(TimeSpan.FromSeconds(20), StopFeed.Instance));
    }

    private async Task AbandonKilledAsync(RoomName name)
    {
        var room = StartRoom(name.Value);
        await AskAsync<Joined>(room, new JoinRoom(name, Ann, Lost));
        await KillAsync(room);
    }

    private async Task<SocketId[]> StoredMembersAsync()
    {
        await using var connection = Connect();
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT snapshot, serializer_id, manifest FROM snapshot WHERE persistence_id = 'room:lobby' AND NOT EXISTS (SELECT 1 FROM journal)";
        await using var rows = await command.ExecuteReaderAsync();
        Assert.True(await rows.ReadAsync());
        var snapshot = (RoomSnapshot)Sys.Serialization.Deserialize((byte[])rows.GetValue(0), rows.GetInt32(1), rows.GetString(2));
        return [.. snapshot.Members.Select(member => member.Socket)];
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
public sealed class SqliteHousekeepingActorSpec : HousekeepingActorSpec
{
    private readonly TempFolder _folder;

    public SqliteHousekeepingActorSpec()
        : this(new TempFolder())
    {
    }

    private SqliteHousekeepingActorSpec(TempFolder folder)
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
public sealed class PostgresHousekeepingActorSpec : HousekeepingActorSpec, IAsyncLifetime
{
    private readonly Postgres _postgres;

    public PostgresHousekeepingActorSpec()
        : this(new Postgres())
    {
    }

    private PostgresHousekeepingActorSpec(Postgres postgres)
        : base(Storage.Postgres(postgres.ConnectionString)) => _postgres = postgres;

    // A database for each test: the tables are counted.
    public Task InitializeAsync() => _postgres.InitializeAsync();

    public Task DisposeAsync() => _postgres.DisposeAsync();

    protected override DbConnection Connect() => new NpgsqlConnection(_postgres.ConnectionString);
}
