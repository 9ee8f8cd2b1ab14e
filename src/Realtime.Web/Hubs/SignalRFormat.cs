using System.Buffers;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR.Protocol;
using Realtime.Actors.Delivery;

namespace Realtime.Web.Hubs;

/// <summary>
/// How messages look to SignalR clients of one hub protocol. A plain client gets the event's name as target and its data as
/// the only argument; an enveloped one gets the target <c>$</c> and <c>[event, data, room, epoch, seq]</c>, from which it
/// keeps its positions. A transient message has no number, so it ends after the room; one that goes to several rooms has an
/// id behind its number, by which a client that gets it twice after a resume knows it again.
/// </summary>
internal abstract class SignalRFormat(string protocol, TransferFormat transferFormat, bool enveloped) : FrameFormat
{
    /// <summary>The target of enveloped messages.</summary>
    protected const string EnvelopeTarget = "$";

    private const string MissedTarget = "$missed";

    /// <summary>The hub protocol: <c>json</c> or <c>messagepack</c>.</summary>
    public string Protocol { get; } = protocol;

    /// <summary>Whether it is text or binary.</summary>
    public TransferFormat TransferFormat { get; } = transferFormat;

    /// <summary>Whether its clients know of positions.</summary>
    public bool IsEnveloped { get; } = enveloped;

    /// <summary>The format of a connection.</summary>
    /// <exception cref="NotSupportedException">There is no such hub protocol here.</exception>
    public static SignalRFormat Of(IHubProtocol protocol, bool enveloped) => (protocol.Name, enveloped) switch
    {
        ("json", false) => JsonFormat.Plain,
        ("json", true) => JsonFormat.Enveloped,
        ("messagepack", false) => MessagePackFormat.Plain,
        ("messagepack", true) => MessagePackFormat.Enveloped,
        _ => throw new NotSupportedException($"The hub protocol \"{protocol.Name}\" is not supported: use json or messagepack."),
    };

    public override Frame Encode(FeedId feed, long epoch, ReadOnlySpan<Envelope> messages)
    {
        var buffer = new ArrayBufferWriter<byte>(Allowance(messages));
        foreach (var message in messages)
        {
            if (IsEnveloped)
                WriteEnveloped(buffer, message, feed, epoch);
            else
                WritePlain(buffer, message.Event.Value, message.Data);
        }
        return new SignalRFrame(Protocol, TransferFormat, buffer.WrittenSpan);
    }

    public override Frame EncodeDirect(EventName name, ReadOnlyMemory<byte> data)
    {
        var buffer = new ArrayBufferWriter<byte>(data.Length + 128);
        if (IsEnveloped)
            WriteEnveloped(buffer, new Envelope(0, name, data), null, 0);
        else
            WritePlain(buffer, name.Value, data);
        return new SignalRFrame(Protocol, TransferFormat, buffer.WrittenSpan);
    }

    public override Frame EncodeMissed(FeedId feed, Position position) =>
        EncodeNotice(MissedTarget, Json.RealtimeJson.Write(new MissedNotice(feed.Key, position.Epoch, position.Seq)));

    /// <summary>Encodes something the server itself has to say to its own clients.</summary>
    public Frame EncodeNotice(string target, ReadOnlyMemory<byte> data)
    {
        var buffer = new ArrayBufferWriter<byte>(data.Length + 64);
        WritePlain(buffer, target, data);
        return new SignalRFrame(Protocol, TransferFormat, buffer.WrittenSpan);
    }

    protected abstract void WritePlain(IBufferWriter<byte> output, string target, ReadOnlyMemory<byte> data);

    protected abstract void WriteEnveloped(IBufferWriter<byte> output, Envelope message, FeedId? feed, long epoch);

    private static int Allowance(ReadOnlySpan<Envelope> messages)
    {
        var bytes = 64;
        foreach (var message in messages)
            bytes += message.Data.Length + 160;
        return bytes;
    }
}

/// <summary>What clients are told of messages that they cannot get any more: those of a room before a position.</summary>
internal sealed record MissedNotice(string Room, long Epoch, long Seq);
