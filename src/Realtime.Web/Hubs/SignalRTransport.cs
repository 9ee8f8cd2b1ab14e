using Microsoft.AspNetCore.SignalR;
using Realtime.Actors.Delivery;
using Realtime.Actors.Sessions;
using Realtime.Web.Transport;

namespace Realtime.Web.Hubs;

/// <summary>A SignalR connection, as a session sees it. Frames go straight to the socket where our own transport serves it.</summary>
internal sealed class SignalRTransport(HubConnectionContext connection, SignalRFormat format) : ISocketTransport
{
    private readonly IFrameWriter? _direct = connection.Features.Get<IFrameWriter>();

    public FrameFormat Format => format;

    public ValueTask WriteAsync(Frame frame)
    {
        var encoded = (SignalRFrame)frame;
        if (_direct is not { } direct)
            return connection.WriteAsync(encoded.ForStockTransports);
        return direct.Write(encoded.Wire) switch
        {
            FrameResult.Queued => direct.DrainAsync(),
            FrameResult.Full => WriteWhenDrainedAsync(direct, encoded),
            _ => ValueTask.CompletedTask,
        };
    }

    public ValueTask WriteAsync(IReadOnlyList<Frame> frames)
    {
        if (_direct is not { } direct)
            return WriteApartAsync(frames);
        var (bytes, length) = Join(frames);
        switch (direct.WriteRented(bytes, length))
        {
            case FrameResult.Queued:
                return direct.DrainAsync();
            case FrameResult.Full:
                IFrameWriter.Arrays.Return(bytes);
                return WriteApartAsync(frames);
            default:
                return ValueTask.CompletedTask;
        }
    }

    // Without the hub's own close message, which would tell the client not to come back.
    public void Close(CloseReason reason) => connection.Abort();

    private static (byte[] Rented, int Length) Join(IReadOnlyList<Frame> frames)
    {
        var length = 0;
        for (var i = 0; i < frames.Count; i++)
            length += frames[i].Length;
        var rented = IFrameWriter.Arrays.Rent(length);
        for (int i = 0, at = 0; i < frames.Count; at += frames[i++].Length)
            ((SignalRFrame)frames[i]).Wire.Bytes.Span.CopyTo(rented.AsSpan(at));
        return (rented, length);
    }

    private async ValueTask WriteApartAsync(IReadOnlyList<Frame> frames)
    {
        for (var i = 0; i < frames.Count; i++)
            await WriteAsync(frames[i]);
    }

    // The hub's own answers fill the queue; the session writes one frame at a time.
    private static async ValueTask WriteWhenDrainedAsync(IFrameWriter direct, SignalRFrame frame)
    {
        do
            await direct.DrainAsync();
        while (direct.Write(frame.Wire) == FrameResult.Full);
        await direct.DrainAsync();
    }
}
