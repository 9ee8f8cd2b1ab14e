using System.IO.Pipelines;

namespace Realtime.Web.Transport.Output;

/// <summary>Writes through the pipe of a server's connection, when its HTTP request has ended.</summary>
internal sealed class PipeWire(PipeWriter output) : Wire
{
    public override ValueTask SendAsync(ReadOnlyMemory<byte> bytes)
    {
        var write = output.WriteAsync(bytes);
        if (!write.IsCompletedSuccessfully)
        {
            return WaitAsync(write);
        }

        Check(write.GetAwaiter().GetResult());
        return ValueTask.CompletedTask;
    }

    private static async ValueTask WaitAsync(ValueTask<FlushResult> write) => Check(await write.ConfigureAwait(false));

    private static void Check(FlushResult written)
    {
        if (written.IsCompleted)
        {
            throw new IOException("The server has ended the connection.");
        }
    }
}
