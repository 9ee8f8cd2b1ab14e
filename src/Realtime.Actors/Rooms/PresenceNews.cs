using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Realtime.Actors.Rooms;

/// <summary>What the members of a room are told of a change among them: who came, who went, who tells something else.</summary>
internal static class PresenceNews
{
    /// <summary>The event that tells it. Nobody from outside can use the name.</summary>
    public static readonly EventName Event = EventName.Trusted("$presence");

    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>The news as UTF-8 JSON; null when there are none. Whoever came and went between the two is none.</summary>
    /// <param name="before">The members before.</param>
    /// <param name="after">The members after.</param>
    /// <param name="happened">What happened in between.</param>
    public static ReadOnlyMemory<byte>? Between(Members before, Members after, IEnumerable<IFeedEvent> happened)
    {
        var (joined, left, updated) = (new List<Member>(), new List<Member>(), new List<Member>());
        foreach (var socket in Touched(before, happened).Distinct())
        {
            switch (before.Find(socket), after.Find(socket))
            {
                case (null, { } newcomer):
                    joined.Add(newcomer);
                    break;
                case ({ } gone, null):
                    left.Add(gone);
                    break;
                case ({ } then, { } now) when !ReferenceEquals(then.Presence, now.Presence):
                    updated.Add(now);
                    break;
            }
        }
        if (joined.Count + left.Count + updated.Count == 0)
            return null;
        return Write(joined, left, updated);
    }

    private static IEnumerable<SocketId> Touched(Members before, IEnumerable<IFeedEvent> happened) => happened.SelectMany(each => each switch
    {
        MemberJoined joined => [joined.Socket],
        MemberLeft left => [left.Socket],
        PresenceTold told => [told.Socket],
        NodeExpired expired => before.On(expired.Node).Select(member => member.Socket),
        _ => Enumerable.Empty<SocketId>(),
    });

    private static ReadOnlyMemory<byte> Write(List<Member> joined, List<Member> left, List<Member> updated)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer, WriterOptions))
        {
            json.WriteStartObject();
            WriteList(json, "joined", joined, inFull: true);
            WriteList(json, "left", left, inFull: false);
            WriteList(json, "updated", updated, inFull: true);
            json.WriteEndObject();
        }
        return buffer.WrittenMemory;
    }

    private static void WriteList(Utf8JsonWriter json, string name, List<Member> members, bool inFull)
    {
        if (members.Count == 0)
            return;
        json.WriteStartArray(name);
        foreach (var member in members)
        {
            json.WriteStartObject();
            json.WriteString("socketId"u8, member.Socket.Value);
            if (inFull)
                WriteWhatIsKnown(json, member);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteWhatIsKnown(Utf8JsonWriter json, Member member)
    {
        if (member.Presence?.User is { } user)
            json.WriteString("user"u8, user);
        if (member.Presence is { Data.IsEmpty: false } presence)
        {
            json.WritePropertyName("data"u8);
            json.WriteRawValue(presence.Data.Span, skipInputValidation: true);
        }
        json.WriteString("joinedAt"u8, member.JoinedAt.UtcDateTime);
    }
}
