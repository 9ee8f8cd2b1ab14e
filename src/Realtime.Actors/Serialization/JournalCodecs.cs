using Realtime.Actors.Housekeeping;
using Realtime.Actors.Rooms;
using Realtime.Actors.Topics;
using Kind = Realtime.Actors.Serialization.Proto.FeedEvent.EventOneofCase;
using static Realtime.Actors.Serialization.Parts;

namespace Realtime.Actors.Serialization;

/// <summary>What stands in the journal and the snapshot store.</summary>
internal static class JournalCodecs
{
    public static readonly Codec[] All =
    [
        Codec.For<FeedChanged, Proto.FeedChanged>("feed.changed.1", Proto.FeedChanged.Parser, Write,
            proto => new([.. proto.Events.Select(Read)], proto.HasName ? proto.Name : null)),
        Codec.For<RoomSnapshot, Proto.RoomSnapshot>("room.snapshot.1", Proto.RoomSnapshot.Parser,
            Write, proto => new([.. proto.Members.Select(ToMember)], ToRest(proto.Rest), proto.HasName ? proto.Name : null)),
        Codec.For<TopicSnapshot, Proto.TopicSnapshot>("topic.snapshot.1", Proto.TopicSnapshot.Parser,
            snapshot => new()
            {
                Members = { snapshot.Members.Select(ToProto) },
                Watchers = { ToText(snapshot.Watchers) },
                Subscribers = { snapshot.Subscribers.Select(ToProto) },
                Rest = ToProto(snapshot.Rest),
                Retired = { snapshot.Retired.Select(ToProto) },
            },
            proto => new([.. proto.Members.Select(ToMember)], ToSockets(proto.Watchers), [.. proto.Subscribers.Select(ToSubscribers)], ToRest(proto.Rest),
                [.. proto.Retired.Select(ToSubscribers)])),
        Codec.For<SweepPlace, Proto.SweepPlace>("housekeeping.place.1", Proto.SweepPlace.Parser, place => new() { After = place.After }, proto => new(proto.After)),
    ];

    private static Proto.FeedChanged Write(FeedChanged changed)
    {
        var proto = new Proto.FeedChanged { Events = { changed.Events.Select(Write) } };
        if (changed.Name is { } name)
            proto.Name = name;
        return proto;
    }

    private static Proto.RoomSnapshot Write(RoomSnapshot snapshot)
    {
        var proto = new Proto.RoomSnapshot { Members = { snapshot.Members.Select(ToProto) }, Rest = ToProto(snapshot.Rest) };
        if (snapshot.Name is { } name)
            proto.Name = name;
        return proto;
    }

    private static Proto.FeedEvent Write(IFeedEvent happened) => happened switch
    {
        MemberJoined e => new()
        {
            Joined = new() { Socket = e.Socket.Value, Node = e.Node.Incarnation, At = ToProto(e.At), Presence = Parts.ToProto(e.Presence) },
        },
        PresenceTold e => new() { Told = new() { Socket = e.Socket.Value, Data = Parts.ToProto(e.Data) } },
        MemberLeft e => new() { Left = new() { Socket = e.Socket.Value } },
        MemberMoved e => new() { Moved = new() { Socket = e.Socket.Value, Node = e.Node.Incarnation } },
        NodeExpired e => new() { Expired = new() { Node = e.Node.Incarnation } },
        FeedWoke => new() { Woke = new() },
        SubscriberAdded e => new()
        {
            Added = new()
            {
                Socket = e.Socket.Value, Node = e.Node.Incarnation, At = ToProto(e.At), Records = { ToText(e.Records) }, Watches = e.Watches,
            },
        },
        SubscriberReduced e => new() { Reduced = new() { Socket = e.Socket.Value, Records = { ToText(e.Records) }, Unwatched = e.Unwatched } },
        RecordIntroduced e => new() { Introduced = new() { Record = e.Record.Value } },
        RecordRetired e => new() { Retired = new() { Record = e.Record.Value } },
        MessageSaid e => new() { Said = Write(e) },
        _ => throw new NotSupportedException($"{happened.GetType().Name} has no stored form."),
    };

    private static Proto.MessageSaid Write(MessageSaid said)
    {
        var proto = new Proto.MessageSaid { Epoch = said.Epoch, Message = Parts.ToProto(said.Message), At = ToProto(said.At), Members = said.Members };
        if (said.Key is { } key)
            proto.Key = key;
        return proto;
    }

    private static IFeedEvent Read(Proto.FeedEvent proto) => proto.EventCase switch
    {
        Kind.Joined => new MemberJoined(
            ToSocket(proto.Joined.Socket), ToNode(proto.Joined.Node), ToTime(proto.Joined.At), ToPresence(proto.Joined.Presence)),
        Kind.Told => new PresenceTold(ToSocket(proto.Told.Socket), proto.Told.Data.Memory),
        Kind.Left => new MemberLeft(ToSocket(proto.Left.Socket)),
        Kind.Moved => new MemberMoved(ToSocket(proto.Moved.Socket), ToNode(proto.Moved.Node)),
        Kind.Expired => new NodeExpired(ToNode(proto.Expired.Node)),
        Kind.Woke => FeedWoke.Instance,
        Kind.Added => new SubscriberAdded(
            ToSocket(proto.Added.Socket), ToNode(proto.Added.Node), ToTime(proto.Added.At), ToRecords(proto.Added.Records), proto.Added.Watches),
        Kind.Reduced => new SubscriberReduced(ToSocket(proto.Reduced.Socket), ToRecords(proto.Reduced.Records), proto.Reduced.Unwatched),
        Kind.Introduced => new RecordIntroduced(RecordId.Trusted(proto.Introduced.Record)),
        Kind.Retired => new RecordRetired(RecordId.Trusted(proto.Retired.Record)),
        Kind.Said => new MessageSaid(
            proto.Said.Epoch, ToEnvelope(proto.Said.Message), ToTime(proto.Said.At), proto.Said.HasKey ? proto.Said.Key : null, proto.Said.Members),
        _ => throw new NotSupportedException($"The journal holds an event of a later version ({proto.EventCase}): run that version."),
    };

    private static Proto.TopicSnapshot.Types.Subscribers ToProto(RecordSubscribers subscribers) =>
        new() { Record = subscribers.Record.Value, Sockets = { ToText(subscribers.Sockets) } };

    private static RecordSubscribers ToSubscribers(Proto.TopicSnapshot.Types.Subscribers proto) =>
        new(RecordId.Trusted(proto.Record), ToSockets(proto.Sockets));

    private static Proto.Member ToProto(Member member) => Parts.ToProto(member);

    private static Proto.Rest? ToProto(FeedRest? rest) => Parts.ToProto(rest);

    private static long ToProto(DateTimeOffset time) => Parts.ToProto(time);
}
