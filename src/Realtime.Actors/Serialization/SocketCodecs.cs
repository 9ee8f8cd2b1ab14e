using Realtime.Actors.Sessions;
using static Realtime.Actors.Serialization.Parts;

namespace Realtime.Actors.Serialization;

/// <summary>What goes to sessions on other nodes, and what they answer.</summary>
internal static class SocketCodecs
{
    public static readonly Codec[] All =
    [
        Codec.For<JoinSocket, Proto.JoinSocket>("socket.join.1", Proto.JoinSocket.Parser,
            m => new() { Socket = m.Socket.Value, Room = m.Room.Value, Presence = ToProto(m.Presence) },
            p => new(ToSocket(p.Socket), RoomName.Trusted(p.Room), p.Presence.Memory)),
        OfRoom<LeaveSocket>("socket.leave.1", m => (m.Socket, m.Room), (socket, room) => new(socket, room)),
        OfSocket<LeaveEverything>("socket.leave-everything.1", m => m.Socket, socket => new(socket)),
        OfSocket<DisconnectSocket>("socket.disconnect.1", m => m.Socket, socket => new(socket)),
        OfSocket<DescribeSocket>("socket.describe.1", m => m.Socket, socket => new(socket)),
        OfSocket<ReleaseSocket>("socket.release.1", m => m.Socket, socket => new(socket)),
        OfSocket<SocketDone>("socket.done.1", m => m.Socket, socket => new(socket)),
        OfSocket<UnknownSocket>("socket.unknown.1", m => m.Socket, socket => new(socket)),
        Codec.For<SubscribeSocket, Proto.SubscribeSocket>("socket.subscribe.1", Proto.SubscribeSocket.Parser,
            m => new() { Socket = m.Socket.Value, Topic = m.Topic.Value, Records = { ToText(m.Records) }, Watch = m.Watch },
            p => new(ToSocket(p.Socket), ToTopic(p.Topic), ToRecords(p.Records), p.Watch)),
        Codec.For<UnsubscribeSocket, Proto.SubscribeSocket>("socket.unsubscribe.1", Proto.SubscribeSocket.Parser,
            m => new() { Socket = m.Socket.Value, Topic = m.Topic.Value, Records = { ToText(m.Records) }, Watch = m.Unwatch },
            p => new(ToSocket(p.Socket), ToTopic(p.Topic), ToRecords(p.Records), p.Watch)),
        Codec.For<SendToSocket, Proto.SendToSocket>("socket.send.1", Proto.SendToSocket.Parser, Write,
            p => new(ToSocket(p.Socket), EventName.Trusted(p.Event), p.Data.Memory, ToGuidOrNull(p.HasMessageId, p.MessageId))),
        Codec.For<Blast, Proto.Blast>("sockets.blast.1", Proto.Blast.Parser, Write,
            p => new(EventName.Trusted(p.Event), p.Data.Memory, ToSocketOrNull(p.HasOmit, p.Omit), new Guid(p.MessageId.Span, bigEndian: true))),
        Codec.For<Blasted, Proto.Blasted>("sockets.blasted.1", Proto.Blasted.Parser, m => new() { Sockets = m.Sockets }, p => new(p.Sockets)),
        Codec.For<SocketReleased, Proto.SocketReleased>("socket.released.1", Proto.SocketReleased.Parser,
            m => new() { Socket = m.Socket.Value, Feeds = { ToText(m.Feeds) }, Term = m.Term },
            p => new(ToSocket(p.Socket), ToFeeds(p.Feeds), p.Term)),
        Codec.For<SocketDescription, Proto.SocketDescription>("socket.description.1", Proto.SocketDescription.Parser,
            m => new()
            {
                Socket = m.Socket.Value, Node = m.Node.Incarnation, IsConnected = m.IsConnected, Since = ToProto(m.Since), Feeds = { ToText(m.Feeds) },
            },
            p => new(ToSocket(p.Socket), ToNode(p.Node), p.IsConnected, ToTime(p.Since), ToFeeds(p.Feeds))),
    ];

    private static Proto.SendToSocket Write(SendToSocket send)
    {
        var proto = new Proto.SendToSocket { Socket = send.Socket.Value, Event = send.Event.Value, Data = ToProto(send.Data) };
        if (send.MessageId is { } id)
            proto.MessageId = ToProto(id);
        return proto;
    }

    private static Proto.Blast Write(Blast blast)
    {
        var proto = new Proto.Blast { Event = blast.Event.Value, Data = ToProto(blast.Data), MessageId = ToProto(blast.MessageId) };
        if (blast.Omit is { } omit)
            proto.Omit = omit.Value;
        return proto;
    }

    private static Codec OfSocket<T>(string manifest, Func<T, SocketId> socket, Func<SocketId, T> make)
        where T : notnull =>
        Codec.For<T, Proto.SocketOnly>(manifest, Proto.SocketOnly.Parser, m => new() { Socket = socket(m).Value }, p => make(ToSocket(p.Socket)));

    private static Codec OfRoom<T>(string manifest, Func<T, (SocketId Socket, RoomName Room)> parts, Func<SocketId, RoomName, T> make)
        where T : notnull =>
        Codec.For<T, Proto.SocketRoom>(manifest, Proto.SocketRoom.Parser,
            m =>
            {
                var (socket, room) = parts(m);
                return new() { Socket = socket.Value, Room = room.Value };
            },
            p => make(ToSocket(p.Socket), RoomName.Trusted(p.Room)));
}
