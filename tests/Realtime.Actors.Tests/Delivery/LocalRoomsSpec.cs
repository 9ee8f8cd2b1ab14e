using static Realtime.Actors.Tests.Support.Given;

namespace Realtime.Actors.Tests.Delivery;

/// <summary>Which rooms a relay tells when it is asked.</summary>
public sealed class LocalRoomsSpec
{
    private readonly LocalRooms _rooms = new();

    [Fact]
    public void Pages_come_in_ordinal_order_and_miss_nothing()
    {
        foreach (var name in (string[])["chat:b", "Zoo", "chat:a", "chat:", "chat", "ähre", "chat:c", "chau"])
            _rooms.Hear(Feed(name));
        Assert.Equal(["Zoo", "chat", "chat:", "chat:a", "chat:b", "chat:c", "chau", "ähre"], Names(""));
        Assert.Equal(["chat:", "chat:a", "chat:b", "chat:c"], Names("chat:"));
        Assert.Equal(["chat:b", "chat:c"], Names("chat:", "chat:a"));
        Assert.Empty(Names("chat:", "chau"));
        Assert.Empty(Names("zz"));
        Assert.Equal(Names("chat:"), Names("chat:", "Zoo"));
        Assert.True(_rooms.Page(new ListRooms("chat:", null, 3)).More);
        Assert.False(_rooms.Page(new ListRooms("chat:", null, 4)).More);
    }

    [Fact]
    public void A_room_is_there_while_somebody_hears_it_or_waits()
    {
        _rooms.Hear(LobbyFeed);
        _rooms.Wait(LobbyFeed, Ann);
        _rooms.Miss(LobbyFeed);
        _rooms.Wait(LobbyFeed, Bob);
        _rooms.WaitNoMore(LobbyFeed, Ann);
        Assert.Equal(["lobby"], Names(""));
        _rooms.WaitNoMore(LobbyFeed, Cid);
        _rooms.WaitNoMore(LobbyFeed, Bob);
        Assert.Empty(Names(""));
        _rooms.Hear(LobbyFeed);
        _rooms.Miss(LobbyFeed);
        Assert.Empty(Names(""));
    }

    [Fact]
    public void Topics_are_no_rooms()
    {
        _rooms.Hear(UsersFeed);
        _rooms.Wait(UsersFeed, Ann);
        Assert.Empty(Names(""));
    }

    private IEnumerable<string> Names(string prefix, string? after = null) => _rooms.Page(new ListRooms(prefix, after, 100)).Names;

    private static FeedId Feed(string name) => FeedId.Of(RoomName.Parse(name));
}
