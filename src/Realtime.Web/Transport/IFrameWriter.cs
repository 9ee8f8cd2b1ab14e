using System.Buffers;
using Realtime.Actors.Dispatching;
using Realtime.Actors.Sessions;
using Realtime.Web.Transport.Frames;

namespace Realtime.Web.Transport;

/// <summary>
/// The direct door to a socket, for fan-out: <c>connection.Features.Get&lt;IFrameWriter&gt;()</c> of a hub connection. Absent where a
/// stock transport serves it (server-sent events, long polling, WebSockets over HTTP/2): write hub messages there.
/// Frames go out whole and in the order of the calls, among what the hub itself writes; any thread may call. A write
/// that the network takes at once allocates nothing.
/// </summary>
public interface IFrameWriter
{
    /// <summary>
    /// Where arrays for <see cref="WriteRented"/> come from. It keeps as many as all <see cref="Round"/>s that run at a time can hold at once, one
    /// for each session; the shared pool keeps half of that and would make the others anew each time.
    /// </summary>
    static ArrayPool<byte> Arrays { get; } = ArrayPool<byte>.Create(ISocketTransport.MostTogether, Round.Size * Environment.ProcessorCount);

    /// <summary>How many bytes were accepted that the network has not taken yet.</summary>
    long QueuedBytes { get; }

    /// <summary>
    /// Sends a frame in the calling thread if the network takes it, queues the rest otherwise. In a <see cref="Round"/> it is
    /// sent when the round is over, or before what is written next. Never waits, never throws.
    /// </summary>
    FrameResult Write(Frame frame);

    /// <summary>The same for whole frames that lie one behind the other: they leave in one write.</summary>
    /// <param name="rented">An array from <see cref="Arrays"/>. It is given back when its bytes have gone; with <see cref="FrameResult.Full"/> it is the caller's still.</param>
    /// <param name="length">How many of its bytes are frames.</param>
    FrameResult WriteRented(byte[] rented, int length);

    /// <summary>
    /// Completes when the network has taken all that was accepted before this call, at once if it already has, and also
    /// when the connection ends.
    /// </summary>
    ValueTask DrainAsync(CancellationToken cancellation = default);

    /// <summary>Ends the connection at once, without a close frame; what is queued is lost.</summary>
    void Abort();
}
