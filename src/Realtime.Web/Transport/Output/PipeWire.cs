using System.IO.Pipelines;

namespace Realtime.Web.Transport.Output;

/// <summary>Writes through the pipe of a server's connection, when its HTTP request has ended.</summary>
internal sealed class PipeWire(PipeWriter output) : Wire
{
    public override async ValueTask SendAsync(ReadOnlyMemory<byte> bytes)
    {
        var written = await output.WriteAsync(bytes).ConfigureAwait(false);
        if (written.IsCompleted)
        {
            throw new IOException("The server has ended the connection.");
        }
    }
}
