namespace Realtime.Web.Transport.Output;

/// <summary>Writes through the server: for TLS, and for servers that don't show their sockets.</summary>
internal sealed class StreamWire(Stream stream) : Wire
{
    public override ValueTask SendAsync(ReadOnlyMemory<byte> bytes)
    {
        var write = stream.WriteAsync(bytes);
        if (!write.IsCompletedSuccessfully)
        {
            return FlushAfterAsync(write);
        }

        write.GetAwaiter().GetResult();
        return new ValueTask(stream.FlushAsync());
    }

    private async ValueTask FlushAfterAsync(ValueTask write)
    {
        await write.ConfigureAwait(false);
        await stream.FlushAsync().ConfigureAwait(false);
    }
}
