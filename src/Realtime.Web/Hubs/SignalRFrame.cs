using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using WebSocketFrame = Realtime.Web.Transport.Frames.Frame;

namespace Realtime.Web.Hubs;

/// <summary>One or several hub messages, encoded for one hub protocol, with the WebSocket header in front.</summary>
internal sealed class SignalRFrame(string protocol, TransferFormat format, ReadOnlySpan<byte> messages) : Realtime.Actors.Delivery.Frame
{
    private SerializedHubMessage? _forStockTransports;

    /// <summary>For our own transport: the same bytes for every socket.</summary>
    public WebSocketFrame Wire { get; } = WebSocketFrame.Encode(format, messages);

    /// <summary>For server-sent events and long polling. Made when first needed; to make it twice does no harm.</summary>
    public SerializedHubMessage ForStockTransports => _forStockTransports ??= new([new SerializedMessage(protocol, Wire.Messages)]);

    public override int Length => Wire.Bytes.Length;
}
