namespace Realtime.Actors.Tests.Names;

public sealed class NamesSpec
{
    [Fact]
    public void A_new_socket_id_reads_back_and_names_its_birthplace()
    {
        var node = new NodeId(-5);
        var id = SocketId.New(node);
        Assert.True(SocketId.TryParse(id.Value, out var read));
        Assert.Equal((id, node), (read, read.Birthplace));
    }

    [Theory]
    [InlineData("deadbeef.hello world 1234")] // white space is no part of an id, so this is a room
    [InlineData("deadbeef.AAAAAAAAAAAAAA==")]
    [InlineData("deadbeef.AAAAAAAAAAAAAAA")]
    [InlineData("deadbeef-AAAAAAAAAAAAAAAA")]
    [InlineData("xeadbeef.AAAAAAAAAAAAAAAA")]
    [InlineData("")]
    [InlineData(null)]
    public void What_only_looks_like_a_socket_id_is_none(string? text) => Assert.False(SocketId.TryParse(text, out _));

    [Theory]
    [InlineData("")]
    [InlineData("a\0b")]
    public void Bad_room_names_are_refused_with_a_code(string name) =>
        Assert.Equal(ErrorCodes.InvalidRoom, Assert.Throws<RealtimeException>(() => RoomName.Parse(name)).Code);

    [Fact]
    public void Half_of_a_surrogate_pair_is_no_room_name() =>
        Assert.Equal(ErrorCodes.InvalidRoom, Assert.Throws<RealtimeException>(() => RoomName.Parse("\ud800")).Code);

    [Fact]
    public void A_room_name_is_measured_in_bytes()
    {
        Assert.Equal(128, RoomName.Parse(new string('ä', 128)).Value.Length);
        Assert.Throws<RealtimeException>(() => RoomName.Parse(new string('ä', 129)));
    }

    [Theory]
    [InlineData("connect")]
    [InlineData("disconnecting")]
    [InlineData("$hello")]
    public void Reserved_event_names_are_refused(string name) => // G-6
        Assert.Equal(ErrorCodes.InvalidEvent, Assert.Throws<RealtimeException>(() => EventName.Parse(name)).Code);

    [Fact]
    public void No_event_name_means_message() => Assert.Equal("message", EventName.Parse(null).Value);

    [Fact]
    public void A_model_is_known_by_its_lower_case_name() => Assert.Equal("usercomment", ModelName.Parse("UserComment").Value); // G-3
}
