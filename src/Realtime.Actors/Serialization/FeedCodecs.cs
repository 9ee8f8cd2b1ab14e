using Realtime.Actors.Rooms;
using Realtime.Actors.Topics;
using static Realtime.Actors.Serialization.Parts;

namespace Realtime.Actors.Serialization;

/// <summary>What goes to feeds, and what they answer.</summary>
internal static class FeedCodecs
{
    public static readonly Codec[] All =
    [
        Codec.For<JoinRoom, Proto.JoinRoom>("room.join.1", Proto.JoinRoom.Parser,
            m => new() { Room = m.Room.Value, Socket = m.Socket.Value, Node = m.Node.Incarnation, Op = m.Op, Presence = ToProto(m.Presence), Term = m.Term },
            p => new(RoomName.Trusted(p.Room), ToSocket(p.Socket), ToNode(p.Node), p.Op, ToPresence(p.Presence), p.Term)),
        Codec.For<Broadcast, Proto.Broadcast>("room.broadcast.1", Proto.Broadcast.Parser, Write,
            p => new(RoomName.Trusted(p.Room), EventName.Trusted(p.Event), p.Data.Memory, ToSocketOrNull(p.HasOmit, p.Omit),
                p.HasKey ? p.Key : null, ToGuidOrNull(p.HasMessageId, p.MessageId), p.Transient)),
        Codec.For<Subscribe, Proto.Subscribe>("topic.subscribe.1", Proto.Subscribe.Parser,
            m => new()
            {
                Topic = m.Topic.Value, Socket = m.Socket.Value, Node = m.Node.Incarnation, Records = { ToText(m.Records) }, Watch = m.Watch, Op = m.Op, Term = m.Term,
            },
            p => new(ToTopic(p.Topic), ToSocket(p.Socket), ToNode(p.Node), ToRecords(p.Records), p.Watch, p.Op, p.Term)),
        Codec.For<Unsubscribe, Proto.Unsubscribe>("topic.unsubscribe.1", Proto.Unsubscribe.Parser,
            m => new() { Topic = m.Topic.Value, Socket = m.Socket.Value, Records = { ToText(m.Records) }, Unwatch = m.Unwatch, Op = m.Op },
            p => new(ToTopic(p.Topic), ToSocket(p.Socket), ToRecords(p.Records), p.Unwatch, p.Op)),
        Codec.For<Publish, Proto.Publish>("topic.publish.1", Proto.Publish.Parser, Write,
            p => new(ToTopic(p.Topic), (Verb)p.Verb, p.HasRecord ? RecordId.Trusted(p.Record) : null, p.Data.Memory, ToSocketOrNull(p.HasOmit, p.Omit), p.HasKey ? p.Key : null)),
        Codec.For<Leave, Proto.Leave>("feed.leave.1", Proto.Leave.Parser, Write,
            p => new(ToFeed(p.Feed), ToSocket(p.Socket), p.Op, p.HasNode ? ToNode(p.Node) : null)),
        Codec.For<Resume, Proto.Resume>("feed.resume.1", Proto.Resume.Parser,
            m => new() { Feed = m.Feed.Key, Socket = m.Socket.Value, Node = m.Node.Incarnation, After = ToProto(m.After), Op = m.Op, Term = m.Term },
            p => new(ToFeed(p.Feed), ToSocket(p.Socket), ToNode(p.Node), ToPositionOrNull(p.After), p.Op, p.Term)),
        Codec.For<ExpireNodes, Proto.ExpireNodes>("feed.expire-nodes.1", Proto.ExpireNodes.Parser,
            m => new() { Feed = m.Feed.Key, Nodes = { m.Nodes.Select(node => node.Incarnation) } },
            p => new(ToFeed(p.Feed), [.. p.Nodes.Select(ToNode)])),
        Codec.For<CheckNodes, Proto.FeedOnly>("feed.check-nodes.1", Proto.FeedOnly.Parser, m => new() { Feed = m.Feed.Key }, p => new(ToFeed(p.Feed))),
        Codec.For<Describe, Proto.FeedOnly>("feed.describe.1", Proto.FeedOnly.Parser, m => new() { Feed = m.Feed.Key }, p => new(ToFeed(p.Feed))),
        Codec.For<Replay, Proto.Replay>("feed.replay.1", Proto.Replay.Parser,
            m => new() { Feed = m.Feed.Key, After = ToProto(m.After) },
            p => new(ToFeed(p.Feed), ToPosition(p.After))),
        Codec.For<ListMembers, Proto.ListMembers>("feed.list-members.1", Proto.ListMembers.Parser, Write,
            p => new(ToFeed(p.Feed), ToSocketOrNull(p.HasAfter, p.After), p.Limit)),
        Codec.For<ReadHistory, Proto.ReadHistory>("feed.read-history.1", Proto.ReadHistory.Parser,
            m => new() { Feed = m.Feed.Key, After = ToProto(m.After), Limit = m.Limit },
            p => new(ToFeed(p.Feed), ToPositionOrNull(p.After), p.Limit)),
        Codec.For<Joined, Proto.Joined>("feed.joined.1", Proto.Joined.Parser,
            m => new()
            {
                Feed = m.Feed.Key, Socket = m.Socket.Value, Op = m.Op, From = ToProto(m.From), Members = m.Members, Remembered = ToProtoOrNull(m.Remembered),
            },
            p => new(ToFeed(p.Feed), ToSocket(p.Socket), p.Op, ToPosition(p.From), p.Members, ToMemberOrNull(p.Remembered))),
        Codec.For<MembersHere, Proto.MembersHere>("room.members-here.1", Proto.MembersHere.Parser,
            m => new() { Feed = m.Feed.Key, Roll = m.Roll, Node = m.Node.Incarnation, Members = { m.Members.Select(ToProto) }, More = m.More },
            p => new(ToFeed(p.Feed), p.Roll, ToNode(p.Node), [.. p.Members.Select(ToMember)], p.More)),
        Codec.For<Left, Proto.MemberOnly>("feed.left.1", Proto.MemberOnly.Parser,
            m => new() { Feed = m.Feed.Key, Socket = m.Socket.Value, Op = m.Op, WasMember = m.WasMember },
            p => new(ToFeed(p.Feed), ToSocket(p.Socket), p.Op, p.WasMember)),
        Codec.For<NotMember, Proto.MemberOnly>("feed.not-member.1", Proto.MemberOnly.Parser,
            m => new() { Feed = m.Feed.Key, Socket = m.Socket.Value, Op = m.Op },
            p => new(ToFeed(p.Feed), ToSocket(p.Socket), p.Op)),
        Codec.For<Resumed, Proto.Resumed>("feed.resumed.1", Proto.Resumed.Parser,
            m => new()
            {
                Feed = m.Feed.Key, Socket = m.Socket.Value, Op = m.Op, From = ToProto(m.From), Recovered = m.Recovered,
                Missed = { m.Missed.Select(ToProto) }, Records = { ToText(m.Records) }, Watches = m.Watches,
                Remembered = ToProtoOrNull(m.Remembered),
            },
            p => new(ToFeed(p.Feed), ToSocket(p.Socket), p.Op, ToPosition(p.From), p.Recovered, ToEnvelopes(p.Missed), ToRecords(p.Records), p.Watches,
                ToMemberOrNull(p.Remembered))),
        Codec.For<MemberRefused, Proto.MemberRefused>("feed.member-refused.1", Proto.MemberRefused.Parser,
            m => new() { Feed = m.Feed.Key, Socket = m.Socket.Value, Op = m.Op, Code = m.Code, Reason = m.Reason },
            p => new(ToFeed(p.Feed), ToSocket(p.Socket), p.Op, p.Code, p.Reason)),
        Codec.For<Subscribed, Proto.Subscribed>("topic.subscribed.1", Proto.Subscribed.Parser,
            m => new() { Feed = m.Feed.Key, Socket = m.Socket.Value, Op = m.Op, From = ToProto(m.From), Records = { ToText(m.Records) }, Watches = m.Watches },
            p => new(ToFeed(p.Feed), ToSocket(p.Socket), p.Op, ToPosition(p.From), ToRecords(p.Records), p.Watches)),
        Codec.For<Unsubscribed, Proto.Unsubscribed>("topic.unsubscribed.1", Proto.Unsubscribed.Parser,
            m => new() { Feed = m.Feed.Key, Socket = m.Socket.Value, Op = m.Op, Records = { ToText(m.Records) }, Unwatched = m.Unwatched },
            p => new(ToFeed(p.Feed), ToSocket(p.Socket), p.Op, ToRecords(p.Records), p.Unwatched)),
        Codec.For<Published, Proto.Published>("feed.published.1", Proto.Published.Parser,
            m => new() { Feed = m.Feed.Key, Position = ToProto(m.Position), Members = m.Members },
            p => new(ToFeed(p.Feed), ToPosition(p.Position), p.Members)),
        Codec.For<Refused, Proto.Refused>("feed.refused.1", Proto.Refused.Parser,
            m => new() { Feed = m.Feed.Key, Code = m.Code, Reason = m.Reason },
            p => new(ToFeed(p.Feed), p.Code, p.Reason)),
        Codec.For<Replayed, Proto.Replayed>("feed.replayed.1", Proto.Replayed.Parser,
            m => new() { Feed = m.Feed.Key, Upto = ToProto(m.Upto), Complete = m.Complete, Messages = { m.Messages.Select(ToProto) } },
            p => new(ToFeed(p.Feed), ToPosition(p.Upto), p.Complete, ToEnvelopes(p.Messages))),
        Codec.For<FeedDescription, Proto.FeedDescription>("feed.description.1", Proto.FeedDescription.Parser,
            m => new() { Feed = m.Feed.Key, Position = ToProto(m.Position), Members = m.Members, History = m.History },
            p => new(ToFeed(p.Feed), ToPosition(p.Position), p.Members, p.History)),
        Codec.For<MemberPage, Proto.MemberPage>("feed.members.1", Proto.MemberPage.Parser,
            m => new() { Feed = m.Feed.Key, Total = m.Total, Members = { m.Members.Select(ToProto) }, More = m.More },
            p => new(ToFeed(p.Feed), p.Total, [.. p.Members.Select(ToMember)], p.More)),
        Codec.For<HistoryPage, Proto.HistoryPage>("feed.history.1", Proto.HistoryPage.Parser,
            m => new() { Feed = m.Feed.Key, Position = ToProto(m.Position), Complete = m.Complete, Messages = { m.Messages.Select(ToProto) }, More = m.More },
            p => new(ToFeed(p.Feed), ToPosition(p.Position), p.Complete, ToEnvelopes(p.Messages), p.More)),
    ];

    private static Proto.Broadcast Write(Broadcast broadcast)
    {
        var proto = new Proto.Broadcast
        {
            Room = broadcast.Room.Value, Event = broadcast.Event.Value, Data = ToProto(broadcast.Data), Transient = broadcast.IsTransient,
        };
        if (broadcast.Omit is { } omit)
            proto.Omit = omit.Value;
        if (broadcast.Key is { } key)
            proto.Key = key;
        if (broadcast.MessageId is { } id)
            proto.MessageId = ToProto(id);
        return proto;
    }

    private static Proto.Leave Write(Leave leave)
    {
        var proto = new Proto.Leave { Feed = leave.Feed.Key, Socket = leave.Socket.Value, Op = leave.Op };
        if (leave.Node is { } node)
            proto.Node = node.Incarnation;
        return proto;
    }

    private static Proto.Publish Write(Publish publish)
    {
        var proto = new Proto.Publish
        {
            Topic = publish.Topic.Value, Verb = (int)publish.Verb, Data = ToProto(publish.Data),
        };
        if (publish.Record is { } record)
            proto.Record = record.Value;
        if (publish.Omit is { } omit)
            proto.Omit = omit.Value;
        if (publish.Key is { } key)
            proto.Key = key;
        return proto;
    }

    private static Proto.ListMembers Write(ListMembers list)
    {
        var proto = new Proto.ListMembers { Feed = list.Feed.Key, Limit = list.Limit };
        if (list.After is { } after)
            proto.After = after.Value;
        return proto;
    }
}
