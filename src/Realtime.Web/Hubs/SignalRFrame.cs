using Microsoft.AspNetCore.SignalR;

namespace Realtime.Web.Hubs;

/// <summary>One or several hub messages, encoded for one hub protocol.</summary>
internal sealed class SignalRFrame(string protocol, ReadOnlyMemory<byte> bytes) : Frame
{
    public ReadOnlyMemory<byte> Bytes { get; } = bytes;

    /// <summary>The same bytes as SignalR takes them: made once, for all connections.</summary>
    public SerializedHubMessage Message { get; } = new([new SerializedMessage(protocol, bytes)]);

    public override int Length => Bytes.Length;
}
