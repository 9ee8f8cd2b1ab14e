using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Text.Unicode;
using Realtime.Web.Transport.Frames;
using Realtime.Web.Transport.Output;

namespace Realtime.Web.Transport;

/// <summary>
/// Reads a client's frames from the connection and passes their payload to the hub. It runs whether or not the hub reads, so
/// that a client that goes is noticed while one of its calls is still at work.
/// </summary>
/// <param name="input">The connection's bytes.</param>
/// <param name="hub">Where the hub reads from.</param>
/// <param name="answers">Where pongs go.</param>
/// <param name="firstBytes">Called once, when the client has sent something.</param>
internal sealed class Receiver(PipeReader input, PipeWriter hub, FrameQueue answers, Action firstBytes)
{
    // Flush to the hub at the latest after this much, that its back-pressure works however much has arrived.
    private const int FlushBytes = 64 * 1024;

    private FrameReader _frames;
    private volatile bool _isStopped;

    /// <summary>The code of the client's close frame; null as long as there is none, or when it had none.</summary>
    public ushort? ClosedWith { get; private set; }

    /// <summary>Ends <see cref="RunAsync"/>.</summary>
    public void Stop()
    {
        _isStopped = true;
        input.CancelPendingRead();
    }

    /// <summary>Reads until the connection or the hub ends.</summary>
    /// <exception cref="IOException">The connection broke.</exception>
    public async Task<ReceiveEnd> RunAsync()
    {
        var isFirst = true;
        while (true)
        {
            var read = await input.ReadAsync().ConfigureAwait(false);
            if (_isStopped)
            {
                input.AdvanceTo(read.Buffer.Start);
                return ReceiveEnd.Lost;
            }

            if (isFirst && !read.Buffer.IsEmpty)
            {
                isFirst = false;
                firstBytes();
            }

            // A read that was canceled by somebody else says nothing: the server does it to all its connections when it stops,
            // and ours end in good order after that.
            var buffer = read.Buffer;
            var end = ReadFrames(ref buffer, out var isStarved, out var hasPonged);
            input.AdvanceTo(buffer.Start, isStarved ? read.Buffer.End : buffer.Start);

            // Not the beginning of a text that turned out to be invalid.
            if (hub.UnflushedBytes > 0 && end != ReceiveEnd.InvalidText)
            {
                var flushed = await hub.FlushAsync().ConfigureAwait(false);
                if (flushed.IsCompleted || flushed.IsCanceled)
                {
                    return end ?? ReceiveEnd.HubEnded;
                }
            }

            if (end is not null)
            {
                return end.Value;
            }

            if (read.IsCompleted && isStarved)
            {
                return ReceiveEnd.Lost;
            }

            // A client that pings but does not read must not fill our memory with pongs.
            if (hasPonged && answers.QueuedBytes > 0)
            {
                await answers.DrainAsync(CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    private ReceiveEnd? ReadFrames(ref ReadOnlySequence<byte> buffer, out bool isStarved, out bool hasPonged)
    {
        (isStarved, hasPonged) = (false, false);
        Span<byte> room = stackalloc byte[FrameReader.MaxControlLength];
        while (hub.UnflushedBytes < FlushBytes)
        {
            var control = room;
            switch (_frames.Read(ref buffer, hub, ref control))
            {
                case FrameReading.Incomplete:
                    isStarved = true;
                    return null;
                case FrameReading.Ping:
                    answers.Pong(control);
                    hasPonged = true;
                    break;
                case FrameReading.Close:
                    ClosedWith = control.Length >= 2 ? BinaryPrimitives.ReadUInt16BigEndian(control) : null;
                    return IsValidClose(control) ? ReceiveEnd.ClientClosed : ReceiveEnd.Violation;
                case FrameReading.Violation:
                    return ReceiveEnd.Violation;
                case FrameReading.InvalidText:
                    return ReceiveEnd.InvalidText;
            }
        }

        return null;
    }

    private static bool IsValidClose(ReadOnlySpan<byte> payload) =>
        payload.IsEmpty ||
        (payload.Length >= 2 && CloseCode.MayTravel(BinaryPrimitives.ReadUInt16BigEndian(payload)) && Utf8.IsValid(payload[2..]));
}
