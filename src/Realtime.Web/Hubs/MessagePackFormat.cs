using System.Buffers;
using MessagePack;
using Microsoft.AspNetCore.Connections;
using Realtime.Actors.Delivery;

namespace Realtime.Web.Hubs;

/// <summary>SignalR's MessagePack protocol: arrays, each with its length in front.</summary>
internal sealed class MessagePackFormat : SignalRFormat
{
    public static readonly MessagePackFormat Plain = new(false);

    public static readonly MessagePackFormat Enveloped = new(true);

    private const int Invocation = 1;

    private MessagePackFormat(bool enveloped)
        : base("messagepack", TransferFormat.Binary, enveloped)
    {
    }

    protected override void WritePlain(IBufferWriter<byte> output, string target, ReadOnlyMemory<byte> data)
    {
        var body = new ArrayBufferWriter<byte>(data.Length + 64);
        var writer = new MessagePackWriter(body);
        Begin(ref writer, target, 1);
        JsonToMessagePack.Write(ref writer, data.Span);
        End(ref writer, body, output);
    }

    protected override void WriteEnveloped(IBufferWriter<byte> output, Envelope message, FeedId? feed, long epoch)
    {
        var body = new ArrayBufferWriter<byte>(message.Data.Length + 160);
        var writer = new MessagePackWriter(body);
        Begin(ref writer, EnvelopeTarget, ArgumentsOf(message, feed));
        writer.Write(message.Event.Value);
        JsonToMessagePack.Write(ref writer, message.Data.Span);
        if (feed is { } room)
            WritePlace(ref writer, message, room, epoch);
        else
        {
            writer.WriteNil();
            writer.WriteNil();
            writer.WriteNil();
        }
        End(ref writer, body, output);
    }

    private static int ArgumentsOf(Envelope message, FeedId? feed) => feed switch
    {
        null => 5,
        _ when message.IsTransient => 3,
        _ => message.MessageId is null ? 5 : 6,
    };

    private static void WritePlace(ref MessagePackWriter writer, Envelope message, FeedId feed, long epoch)
    {
        writer.Write(feed.Key);
        if (message.IsTransient)
            return;
        writer.Write(epoch);
        writer.Write(message.Seq);
        if (message.MessageId is { } id)
            writer.Write(id.ToString());
    }

    // [type, headers, invocation id, target, arguments, stream ids]
    private static void Begin(ref MessagePackWriter writer, string target, int arguments)
    {
        writer.WriteArrayHeader(6);
        writer.Write(Invocation);
        writer.WriteMapHeader(0);
        writer.WriteNil();
        writer.Write(target);
        writer.WriteArrayHeader(arguments);
    }

    private static void End(ref MessagePackWriter writer, ArrayBufferWriter<byte> body, IBufferWriter<byte> output)
    {
        writer.WriteArrayHeader(0);
        writer.Flush();
        WriteLength(output, body.WrittenCount);
        output.Write(body.WrittenSpan);
    }

    // Seven bits a byte, the lowest first, as SignalR frames binary messages.
    private static void WriteLength(IBufferWriter<byte> output, int length)
    {
        Span<byte> bytes = stackalloc byte[5];
        var count = 0;
        do
        {
            bytes[count] = (byte)(length & 0x7f);
            length >>= 7;
            if (length > 0)
                bytes[count] |= 0x80;
            count++;
        }
        while (length > 0);
        output.Write(bytes[..count]);
    }
}
