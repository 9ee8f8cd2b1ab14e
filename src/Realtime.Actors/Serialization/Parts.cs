using System.Collections.Immutable;
using Google.Protobuf;
using Google.Protobuf.Collections;
using Realtime.Actors.Topics;

namespace Realtime.Actors.Serialization;

/// <summary>The parts that many messages are made of, to and from their stored form.</summary>
internal static class Parts
{
    public static ByteString ToProto(ReadOnlyMemory<byte> data) => UnsafeByteOperations.UnsafeWrap(data);

    public static long ToProto(DateTimeOffset time) => time.ToUnixTimeMilliseconds();

    public static DateTimeOffset ToTime(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    public static NodeId ToNode(int incarnation) => new(incarnation);

    public static SocketId ToSocket(string text) => SocketId.Trusted(text);

    public static SocketId? ToSocketOrNull(bool has, string text) => has ? SocketId.Trusted(text) : null;

    public static FeedId ToFeed(string key) => new(key);

    public static TopicName ToTopic(string text) => TopicName.Trusted(text);

    public static Proto.Position ToProto(Position position) => new() { Epoch = position.Epoch, Seq = position.Seq };

    public static Proto.Position? ToProto(Position? position) => position is { } given ? ToProto(given) : null;

    public static Position ToPosition(Proto.Position position) => new(position.Epoch, position.Seq);

    public static Position? ToPositionOrNull(Proto.Position? position) => position is null ? null : ToPosition(position);

    public static ByteString ToProto(Guid id) => ByteString.CopyFrom(id.ToByteArray(bigEndian: true));

    public static Guid? ToGuidOrNull(bool has, ByteString bytes) => has ? new Guid(bytes.Span, bigEndian: true) : null;

    public static Proto.Envelope ToProto(Envelope message)
    {
        var proto = new Proto.Envelope { Seq = message.Seq, Event = message.Event.Value, Data = ToProto(message.Data) };
        if (message.Omit is { } omit)
            proto.Omit = omit.Value;
        if (message.MessageId is { } id)
            proto.MessageId = ToProto(id);
        if (message.Verb is { } verb)
            proto.Verb = (int)verb;
        if (message.Record is { } record)
            proto.Record = record.Value;
        return proto;
    }

    public static Envelope ToEnvelope(Proto.Envelope proto) => new(
        proto.Seq,
        EventName.Trusted(proto.Event),
        proto.Data.Memory,
        ToSocketOrNull(proto.HasOmit, proto.Omit),
        ToGuidOrNull(proto.HasMessageId, proto.MessageId),
        proto.HasVerb ? (Verb)proto.Verb : null,
        proto.HasRecord ? RecordId.Trusted(proto.Record) : null);

    public static ImmutableArray<Envelope> ToEnvelopes(RepeatedField<Proto.Envelope> messages) => [.. messages.Select(ToEnvelope)];

    public static Proto.Member ToProto(Member member) =>
        new() { Socket = member.Socket.Value, Node = member.Node.Incarnation, JoinedAt = ToProto(member.JoinedAt), Presence = ToProto(member.Presence) };

    public static Member ToMember(Proto.Member proto) => new(ToSocket(proto.Socket), ToNode(proto.Node), ToTime(proto.JoinedAt), ToPresence(proto.Presence));

    public static Proto.Member? ToProtoOrNull(Member? member) => member is null ? null : ToProto(member);

    public static Member? ToMemberOrNull(Proto.Member? proto) => proto is null ? null : ToMember(proto);

    public static Proto.Presence? ToProto(Presence? presence)
    {
        if (presence is null)
            return null;
        var proto = new Proto.Presence { Data = ToProto(presence.Data) };
        if (presence.User is { } user)
            proto.User = user;
        return proto;
    }

    public static Presence? ToPresence(Proto.Presence? proto) => proto is null ? null : new(proto.HasUser ? proto.User : null, proto.Data.Memory);

    public static Proto.Rest? ToProto(FeedRest? rest)
    {
        if (rest is null)
            return null;
        var proto = new Proto.Rest { Position = ToProto(rest.Position) };
        proto.History.AddRange(rest.History.Select(kept => new Proto.Rest.Types.Kept { Message = ToProto(kept.Message), At = ToProto(kept.At) }));
        proto.Receipts.AddRange(rest.Receipts.Select(kept => new Proto.Rest.Types.Receipt { Key = kept.Key, Position = ToProto(kept.Position), Members = kept.Members }));
        return proto;
    }

    public static FeedRest? ToRest(Proto.Rest? proto) => proto is null
        ? null
        : new FeedRest(
            ToPosition(proto.Position),
            [.. proto.History.Select(kept => new RestedMessage(ToEnvelope(kept.Message), ToTime(kept.At)))],
            [.. proto.Receipts.Select(kept => new RestedReceipt(kept.Key, ToPosition(kept.Position), kept.Members))]);

    public static IEnumerable<string> ToText(IEnumerable<RecordId> records) => records.Select(record => record.Value);

    public static IEnumerable<string> ToText(IEnumerable<SocketId> sockets) => sockets.Select(socket => socket.Value);

    public static IEnumerable<string> ToText(IEnumerable<FeedId> feeds) => feeds.Select(feed => feed.Key);

    public static ImmutableArray<RecordId> ToRecords(RepeatedField<string> texts) => [.. texts.Select(RecordId.Trusted)];

    public static ImmutableArray<SocketId> ToSockets(RepeatedField<string> texts) => [.. texts.Select(SocketId.Trusted)];

    public static ImmutableArray<FeedId> ToFeeds(RepeatedField<string> texts) => [.. texts.Select(ToFeed)];
}
