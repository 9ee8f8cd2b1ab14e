using static Realtime.Actors.Tests.Support.Given;

namespace Realtime.Actors.Tests.Feeds;

public sealed class FeedRoutingSpec
{
    // For ever: a room would not find its rows, nor its shard, with another result.
    [Theory]
    [InlineData("lobby", "109")]
    [InlineData("yRfTbagb", "0")] // its hash has no absolute value
    [InlineData("ä/ö ü", "104")]
    public void A_name_always_has_the_same_shard(string name, string shard) => Assert.Equal(shard, FeedRouting.ShardOf(name));

    [Fact]
    public void Rows_are_found_by_kind_and_name()
    {
        Assert.Equal("room:lobby", FeedRouting.PersistenceIdOf(LobbyFeed));
        Assert.Equal("topic:user/0", FeedRouting.PersistenceIdOf(UsersFeed));
    }

    [Fact]
    public void A_long_name_is_replaced_by_its_hash()
    {
        var id = FeedRouting.PersistenceIdOf(FeedId.Of(RoomName.Parse(new string('x', 256))));
        Assert.Equal("room#", id[..5]);
        Assert.Equal(48, id.Length);
        Assert.NotEqual(id, FeedRouting.PersistenceIdOf(FeedId.Of(RoomName.Parse(new string('x', 255)))));
    }

    [Fact]
    public void A_topic_and_a_room_of_the_same_name_are_two_feeds() =>
        Assert.NotEqual(UsersFeed, FeedId.Of(RoomName.Parse("user/0")));
}
