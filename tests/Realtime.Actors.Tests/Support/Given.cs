using System.Text;
using Realtime.Actors.Rooms;
using Realtime.Actors.Topics;
using Envelope = Realtime.Actors.Delivery.Envelope;

namespace Realtime.Actors.Tests.Support;

/// <summary>Values that many specs use.</summary>
internal static class Given
{
    public static readonly NodeId NodeA = new(0x1f3a90bc);
    public static readonly NodeId NodeB = new(2);
    public static readonly SocketId Ann = SocketId.Parse("1f3a90bc.AAAAAAAAAAAAAAAA");
    public static readonly SocketId Bob = SocketId.Parse("1f3a90bc.BBBBBBBBBBBBBBBB");
    public static readonly SocketId Cid = SocketId.Parse("1f3a90bc.CCCCCCCCCCCCCCCC");
    public static readonly RoomName Lobby = RoomName.Parse("lobby");
    public static readonly FeedId LobbyFeed = FeedId.Of(Lobby);
    public static readonly TopicName Users = new(ModelName.Parse("user"), 0);
    public static readonly FeedId UsersFeed = FeedId.Of(Users);
    public static readonly EventName Hello = EventName.Parse("hello");

    public static ReadOnlyMemory<byte> Json(string text) => Encoding.UTF8.GetBytes(text);

    public static RecordId Record(int id) => RecordId.Of(id);

    public static Envelope Said(long seq, int bytes = 2) => new(seq, Hello, new byte[bytes]);

    public static Broadcast Say(string text = "{}", SocketId? omit = null, string? key = null, Guid? id = null) =>
        new(Lobby, Hello, Json(text), omit, key, id);

    public static Publish Tell(Verb verb, int record, SocketId? omit = null) => new(Users, verb, Record(record), Json("{}"), omit);

    public static Subscribe SubscribeTo(SocketId socket, NodeId node, bool watch, params int[] records) =>
        new(Users, socket, node, [.. records.Select(Record)], watch);
}
