using System.Buffers;
using MessagePack;
using Microsoft.AspNetCore.Connections;
using Realtime.Actors.Delivery;

namespace Realtime.Web.Hubs;

/// <summary>SignalR's MessagePack protocol: arrays, each with its length in front.</summary>
internal sealed class MessagePackFormat : SignalRFormat
{
    /// <summary>One for each <see cref="EnvelopeLevel"/>, in their order.</summary>
    public static readonly MessagePackFormat[] Levels = [new(EnvelopeLevel.Plain), new(EnvelopeLevel.Placed), new(EnvelopeLevel.Identified)];

    private const int Invocation = 1;

    private MessagePackFormat(EnvelopeLevel level)
        : base("messagepack", TransferFormat.Binary, level)
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
        Begin(ref writer, EnvelopeTarget, Level is EnvelopeLevel.Identified ? 6 : 5);
        writer.Write(message.Event.Value);
        JsonToMessagePack.Write(ref writer, message.Data.Span);
        WritePlace(ref writer, message, feed, epoch);
        if (Level is EnvelopeLevel.Identified)
            WriteId(ref writer, message.MessageId);
        End(ref writer, body, output);
    }

    private static void WritePlace(ref MessagePackWriter writer, Envelope message, FeedId? feed, long epoch)
    {
        if (feed is { } room)
            writer.Write(room.Key);
        else
            writer.WriteNil();
        if (message.IsTransient)
        {
            writer.WriteNil();
            writer.WriteNil();
            return;
        }
        writer.Write(epoch);
        writer.Write(message.Seq);
    }

    private static void WriteId(ref MessagePackWriter writer, Guid? messageId)
    {
        if (messageId is { } id)
            writer.Write(id.ToString());
        else
            writer.WriteNil();
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
