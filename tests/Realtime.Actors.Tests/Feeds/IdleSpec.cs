using Akka.Actor;
using Akka.Cluster.Sharding;
using Realtime.Actors.Rooms;
using Realtime.Actors.Tests.Support;
using static Realtime.Actors.Tests.Support.Given;

namespace Realtime.Actors.Tests.Feeds;

public sealed class IdleSpec : ActorSpec
{
    [Fact]
    public async Task A_feed_that_is_to_rest_sooner_than_its_shard_lets_it_asks_to_be_let_go()
    {
        Options = new() { WatchesItself = true, IdleAfter = TimeSpan.FromMilliseconds(50) };
        var shard = CreateTestProbe();
        var room = shard.ChildActorOf(ActorFactory<RoomActor>.Props(() => new RoomActor(Lobby, Options, Nodes, Time)));
        await AskAsync<Joined>(room, new JoinRoom(Lobby, Ann, Here));
        var passivate = await shard.ExpectMsgAsync<Passivate>(TimeSpan.FromSeconds(20));
        Assert.Equal(room, shard.LastSender);
        await WatchAsync(room);
        room.Tell(passivate.StopMessage, TestActor);
        await ExpectTerminatedAsync(room, TimeSpan.FromSeconds(20));
    }
}
