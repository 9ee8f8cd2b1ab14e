using System.Buffers;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR.Protocol;
using Realtime.Actors.Delivery;

namespace Realtime.Web.Hubs;

/// <summary>
/// How messages look to SignalR clients of one hub protocol and one <see cref="EnvelopeLevel"/>. What a message lacks is null
/// there: a transient one has no number, one to a single socket has no room.
/// </summary>
internal abstract class SignalRFormat(string protocol, TransferFormat transferFormat, EnvelopeLevel level) : FrameFormat
{
    /// <summary>The target of enveloped messages.</summary>
    protected const string EnvelopeTarget = "$";

    private const string MissedTarget = "$missed";
    private const string EnteredTarget = "$joined";

    /// <summary>The hub protocol: <c>json</c> or <c>messagepack</c>.</summary>
    public string Protocol { get; } = protocol;

    /// <summary>Whether it is text or binary.</summary>
    public TransferFormat TransferFormat { get; } = transferFormat;

    /// <summary>How much its clients want to know.</summary>
    public EnvelopeLevel Level { get; } = level;

    /// <summary>The format of a connection.</summary>
    /// <exception cref="NotSupportedException">There is no such hub protocol here.</exception>
    public static SignalRFormat Of(IHubProtocol protocol, EnvelopeLevel level) => protocol.Name switch
    {
        "json" => JsonFormat.Levels[(int)level],
        "messagepack" => MessagePackFormat.Levels[(int)level],
        _ => throw new NotSupportedException($"The hub protocol \"{protocol.Name}\" is not supported: use json or messagepack."),
    };

    public override Frame Encode(FeedId feed, long epoch, ReadOnlySpan<Envelope> messages)
    {
        var buffer = new ArrayBufferWriter<byte>(Allowance(messages));
        foreach (var message in messages)
        {
            if (Level is not EnvelopeLevel.Plain)
                WriteEnveloped(buffer, message, feed, epoch);
            else
                WritePlain(buffer, message.Event.Value, message.Data);
        }
        return new SignalRFrame(Protocol, TransferFormat, buffer.WrittenSpan);
    }

    public override Frame EncodeDirect(EventName name, ReadOnlyMemory<byte> data)
    {
        var buffer = new ArrayBufferWriter<byte>(data.Length + 128);
        if (Level is not EnvelopeLevel.Plain)
            WriteEnveloped(buffer, new Envelope(0, name, data), null, 0);
        else
            WritePlain(buffer, name.Value, data);
        return new SignalRFrame(Protocol, TransferFormat, buffer.WrittenSpan);
    }

    public override Frame EncodeMissed(FeedId feed, Position position) =>
        EncodeNotice(MissedTarget, Json.RealtimeJson.Write(new SeenPosition(feed.Key, position.Epoch, position.Seq)));

    public override Frame? EncodeEntered(FeedId feed, Position position) => Level is EnvelopeLevel.Plain
        ? null
        : EncodeNotice(EnteredTarget, Json.RealtimeJson.Write(new SeenPosition(feed.Key, position.Epoch, position.Seq)));

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
