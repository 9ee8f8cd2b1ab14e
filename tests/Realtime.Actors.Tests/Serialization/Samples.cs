using System.Collections.Immutable;
using Realtime.Actors.Housekeeping;
using Realtime.Actors.Rooms;
using Realtime.Actors.Sessions;
using Realtime.Actors.Topics;
using static Realtime.Actors.Tests.Support.Given;
using Envelope = Realtime.Actors.Delivery.Envelope;

namespace Realtime.Actors.Tests.Serialization;

/// <summary>One message of every type that crosses a node or is stored, with every field given.</summary>
internal static class Samples
{
    private static readonly DateTimeOffset Then = new(2026, 6, 1, 12, 0, 0, 123, TimeSpan.Zero);
    private static readonly Guid Id = new("00112233-4455-6677-8899-aabbccddeeff");
    private static readonly Position At = new(185_000_000_000_001, 42);
    private static readonly ImmutableArray<RecordId> Records = [Record(7), RecordId.Parse("13-admins")];
    private static readonly Envelope Message = new(42, Hello, Json("{\"a\":1}"), Ann, Id);
    private static readonly Envelope Change = new(43, EventName.Trusted("user"), Json("{\"verb\":\"updated\"}"), null, null, Verb.Updated, Record(7));
    private static readonly Presence Known = new("ann@example.com", Json("{\"name\":\"Ann\"}"));
    private static readonly ImmutableArray<Member> Members = [new(Ann, NodeA, Then, Known), new(Bob, NodeB, Then)];
    private static readonly FeedRest Rest = new(At, [new(Message, Then), new(Change, Then)], []);

    /// <summary>One of each kind, as journals hold them.</summary>
    public static readonly ImmutableArray<IFeedEvent> Events =
    [
        new MemberJoined(Ann, NodeA, Then), new MemberLeft(Ann), new MemberMoved(Ann, NodeB), new NodeExpired(NodeA), FeedWoke.Instance,
        new SubscriberAdded(Ann, NodeA, Then, Records, true), new SubscriberReduced(Ann, Records, true),
        new RecordIntroduced(Record(7)), new RecordRetired(Record(7)), new MessageSaid(At.Epoch, Message, Then, "key", 3),
        new MemberJoined(Bob, NodeB, Then, Known), new PresenceTold(Ann, Json("{\"name\":\"Ann\"}")),
    ];

    public static readonly IReadOnlyDictionary<Type, object> All = new object[]
    {
        new FeedChanged(Events),
        new RoomSnapshot(Members, Rest),
        new SweepPlace("room:lobby"),
        new TopicSnapshot(Members, [Ann], [new(Record(7), [Ann, Bob])], Rest, [new(Record(8), [Bob])]),
        new JoinRoom(Lobby, Ann, NodeA, 5, Known),
        new Broadcast(Lobby, Hello, Json("{}"), Ann, "key", Id, true),
        new Subscribe(Users, Ann, NodeA, Records, true, 5),
        new Unsubscribe(Users, Ann, Records, true, 5),
        new Publish(Users, Verb.AddedTo, Record(7), Json("{}"), Ann, "key"),
        new Leave(LobbyFeed, Ann, 5, NodeB),
        new Resume(UsersFeed, Ann, NodeA, At, 5),
        new ExpireNodes(LobbyFeed, [NodeA, NodeB]),
        new CheckNodes(LobbyFeed),
        new Describe(LobbyFeed),
        new Replay(LobbyFeed, At),
        new ListMembers(LobbyFeed, Ann, 50),
        new ReadHistory(LobbyFeed, At, 50),
        new Joined(LobbyFeed, Ann, 5, At, 3),
        new Left(LobbyFeed, Ann, 5),
        new NotMember(LobbyFeed, Ann, 5),
        new Resumed(UsersFeed, Ann, 5, At, true, [Message, Change], Records, true),
        new MemberRefused(LobbyFeed, Ann, 5, ErrorCodes.Unavailable, "Retry."),
        new Subscribed(UsersFeed, Ann, 5, At, Records, true),
        new Unsubscribed(UsersFeed, Ann, 5, Records, true),
        new Published(LobbyFeed, At, 3),
        new Refused(LobbyFeed, ErrorCodes.Unavailable, "Retry."),
        new Replayed(LobbyFeed, At, true, [Message, Change]),
        new FeedDescription(LobbyFeed, At, 3, 2),
        new MemberPage(LobbyFeed, 3, Members, true),
        new HistoryPage(LobbyFeed, At, true, [Message], true),
        new Deliver(LobbyFeed, At.Epoch, Message),
        new MembersHere(LobbyFeed, 638, NodeA, Members, true),
        new CallRoll(LobbyFeed, 638, NodeA),
        new ListRooms("chat:", "chat:a", 50),
        new RoomPage(["chat:b", "chat:c"], true),
        new JoinSocket(Ann, Lobby, Json("{}")),
        new LeaveSocket(Ann, Lobby),
        new LeaveEverything(Ann),
        new DisconnectSocket(Ann),
        new DescribeSocket(Ann),
        new ReleaseSocket(Ann),
        new SocketDone(Ann),
        new UnknownSocket(Ann),
        new SubscribeSocket(Ann, Users, Records, true),
        new UnsubscribeSocket(Ann, Users, Records, true),
        new SendToSocket(Ann, Hello, Json("{}"), Id),
        new Blast(Hello, Json("{}"), Ann, Id),
        new Blasted(7),
        new SocketReleased(Ann, [LobbyFeed, UsersFeed]),
        new SocketDescription(Ann, NodeA, true, Then, [LobbyFeed, UsersFeed]),
    }.ToDictionary(sample => sample.GetType());

    /// <summary>Messages with fields that were added after their golden file was written.</summary>
    public static readonly IReadOnlyDictionary<string, object> Additions = new object[]
    {
        new Joined(LobbyFeed, Ann, 5, At, 3, Members[0]),
        new FeedChanged([new MemberJoined(Ann, NodeA, Then, null, 6), new MemberMoved(Ann, NodeB, 7), new SubscriberAdded(Ann, NodeA, Then, Records, true, 8)], "a long name"),
        new RoomSnapshot([new Member(Ann, NodeA, Then, null, 7)], Rest with { Receipts = [new("key", At, 2)] }, "a long name"),
        new Resumed(UsersFeed, Ann, 5, At, true, [Message, Change], Records, true, Members[0]),
        new Left(LobbyFeed, Ann, 5, true),
        new JoinRoom(Lobby, Ann, NodeA, 5, Known, 7),
        new Subscribe(Users, Ann, NodeA, Records, true, 5, 7),
        new Resume(UsersFeed, Ann, NodeA, At, 5, 7),
        new SocketReleased(Ann, [LobbyFeed, UsersFeed], 7),
    }.ToDictionary(sample => sample.GetType().Name);
}
