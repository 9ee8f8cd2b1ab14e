namespace Realtime.Web.Transport.Output;

/// <summary>Writes through the server: for TLS, and for servers that don't show their sockets.</summary>
internal sealed class StreamWire(Stream stream) : Wire
{
    public override async ValueTask SendAsync(ReadOnlyMemory<byte> bytes)
    {
        await stream.WriteAsync(bytes).ConfigureAwait(false);
        await stream.FlushAsync().ConfigureAwait(false);
    }
}
