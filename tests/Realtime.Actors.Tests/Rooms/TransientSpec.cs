using Akka.Actor;
using Realtime.Actors.Delivery;
using Realtime.Actors.Rooms;
using Realtime.Actors.Tests.Support;
using static Realtime.Actors.Tests.Support.Given;

namespace Realtime.Actors.Tests.Rooms;

/// <summary>Messages that are worthless a moment later.</summary>
public sealed class TransientSpec : ActorSpec
{
    private static readonly Broadcast Typing = new(Lobby, EventName.Parse("typing"), Json("{}"), IsTransient: true);

    [Theory, InlineData(false), InlineData(true)]
    public async Task It_reaches_members_without_a_number_and_is_not_kept(bool durable)
    {
        var relays = ProbeRelays();
        Options = new() { Durable = durable };
        var room = StartRoom("lobby");
        await AskAsync<Joined>(room, new JoinRoom(Lobby, Ann, Here));
        var rows = Journal.Rows;
        var receipt = await AskAsync<Published>(room, Typing);
        Assert.Equal((0, 1), (receipt.Position.Seq, receipt.Members));
        Assert.True((await relays.ExpectMsgAsync<Deliver>()).Message.IsTransient);
        Assert.Equal(rows, Journal.Rows);
        Assert.Empty((await AskAsync<HistoryPage>(room, new ReadHistory(LobbyFeed, null, 10))).Messages);
    }

    [Fact]
    public async Task It_does_not_overtake_what_waits_for_a_write()
    {
        var relays = ProbeRelays();
        Options = new() { Durable = true };
        var room = StartRoom("lobby");
        await AskAsync<Joined>(room, new JoinRoom(Lobby, Ann, Here));
        Journal.Hold();
        room.Tell(Say(), TestActor);
        room.Tell(Typing, TestActor);
        room.Tell(Say(), TestActor);
        Journal.Release();
        var heard = new List<long>();
        for (var i = 0; i < 3; i++)
            heard.Add((await relays.ExpectMsgAsync<Deliver>(TimeSpan.FromSeconds(20))).Message.Seq);
        Assert.Equal([1, 0, 2], heard);
    }

    [Fact]
    public async Task An_omitted_member_is_not_counted()
    {
        var room = StartRoom("lobby");
        await AskAsync<Joined>(room, new JoinRoom(Lobby, Ann, Here));
        await AskAsync<Joined>(room, new JoinRoom(Lobby, Bob, Here));
        Assert.Equal(1, (await AskAsync<Published>(room, Say(omit: Ann))).Members);
        Assert.Equal(2, (await AskAsync<Published>(room, Say(omit: Cid))).Members);
        Assert.Equal(1, (await AskAsync<Published>(room, Typing with { Omit = Bob })).Members);
    }
}
