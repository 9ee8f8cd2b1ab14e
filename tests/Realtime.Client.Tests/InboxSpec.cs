using System.Text.Json;
using Realtime.Client.Delivery;

namespace Realtime.Client.Tests;

/// <summary>What reaches the listeners of a client, and in which order (promises 1 and 2).</summary>
public sealed class InboxSpec
{
    private static readonly Dictionary<string, Position> Nothing = [];

    private readonly List<string> _delivered = [];
    private readonly Inbox _inbox;

    public InboxSpec() => _inbox = new(frame => _delivered.Add($"{frame.Data}{(frame.IsReplay ? " again" : "")}"));

    [Fact]
    public void What_was_seen_before_is_dropped()
    {
        Say("a", 1);
        Say("b", 2);
        Say("b again", 2);
        Say("older", 1);
        Say("next life", 1, epoch: 2);
        Say("last life", 9);
        Assert.Equal(["a", "b", "next life"], _delivered);
    }

    [Fact]
    public void While_a_connection_is_opened_frames_wait_and_come_out_in_the_order_of_their_room()
    {
        Say("a", 1);
        _inbox.Hold();
        Say("d", 4);
        Say("other", 1, room: "other");
        Say("b", 2);
        Say("c", 3);
        Say("a", 1);
        Assert.Equal(["a"], _delivered);
        _inbox.Release(new Dictionary<string, Position> { ["room"] = new(1, 3) });
        Assert.Equal(["a", "other", "b again", "c again", "d"], _delivered);
    }

    [Fact]
    public void What_waited_for_a_connection_that_failed_is_forgotten_and_comes_again()
    {
        _inbox.Hold();
        Say("a", 1);
        _inbox.Hold();
        Say("a", 1);
        _inbox.Release(Nothing);
        Assert.Equal(["a"], _delivered);
    }

    [Fact] // contract R-33
    public void What_was_said_to_two_rooms_is_heard_once()
    {
        Accept(["e", "both", "one", 1, 1, "id"]);
        Accept(["e", "both", "two", 1, 1, "id"]);
        Accept(["e", "same", "two", 1, 2, "id-2"]);
        Assert.Equal(["both", "same"], _delivered);
        Assert.Equal([new("one", 1, 1), new("two", 1, 2)], _inbox.Positions());
    }

    [Fact]
    public void Transient_and_direct_messages_move_no_position()
    {
        Accept(["e", "typing", "room", null, null, null]);
        Accept(["e", "typing", "room", null, null, null]);
        Accept(["e", "direct", null, null, null, null]);
        Assert.Equal(["typing", "typing", "direct"], _delivered);
        Assert.Empty(_inbox.Positions());
    }

    [Fact]
    public void A_room_that_was_left_begins_anew()
    {
        Say("a", 1);
        _inbox.Forget("room");
        _inbox.Advance(new("room", 1, 4));
        Say("old", 4);
        Say("new", 5);
        Assert.Equal(["a", "new"], _delivered);
    }

    [Theory]
    [InlineData("lobby", "lobby", null)]
    [InlineData("\0user/0", null, "user")]
    [InlineData(null, null, null)]
    public void A_feed_is_of_a_room_or_of_a_model(string? feed, string? room, string? topic) => Assert.Equal(new(room, topic), Source.Of(feed));

    private void Say(string data, long seq, long epoch = 1, string room = "room") => Accept(["e", data, room, epoch, seq, null]);

    private void Accept(object?[] arguments) => _inbox.Accept(Frame.Read(JsonSerializer.SerializeToElement(arguments)));
}
