using static Realtime.Actors.Serialization.Parts;

namespace Realtime.Actors.Serialization;

/// <summary>What goes to relays on other nodes, and what they answer.</summary>
internal static class RelayCodecs
{
    public static readonly Codec[] All =
    [
        Codec.For<Deliver, Proto.Deliver>("feed.deliver.1", Proto.Deliver.Parser,
            m => new() { Feed = m.Feed.Key, Epoch = m.Epoch, Message = ToProto(m.Message) },
            p => new(ToFeed(p.Feed), p.Epoch, ToEnvelope(p.Message))),
        Codec.For<CallRoll, Proto.CallRoll>("relay.call-roll.1", Proto.CallRoll.Parser,
            m => new() { Feed = m.Feed.Key, Roll = m.Roll, Node = m.Node.Incarnation },
            p => new(ToFeed(p.Feed), p.Roll, ToNode(p.Node))),
        Codec.For<ListRooms, Proto.ListRooms>("relay.list-rooms.1", Proto.ListRooms.Parser, Write,
            p => new(p.Prefix, p.HasAfter ? p.After : null, p.Limit)),
        Codec.For<RoomPage, Proto.RoomPage>("relay.rooms.1", Proto.RoomPage.Parser,
            m => new() { Names = { m.Names }, More = m.More },
            p => new([.. p.Names], p.More)),
    ];

    private static Proto.ListRooms Write(ListRooms list)
    {
        var proto = new Proto.ListRooms { Prefix = list.Prefix, Limit = list.Limit };
        if (list.After is { } after)
            proto.After = after;
        return proto;
    }
}
