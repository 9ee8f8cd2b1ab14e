namespace Realtime.Web.Transport.Output;

/// <summary>Where bytes leave this process. One writer at a time.</summary>
internal abstract class Wire
{
    /// <summary>
    /// Sends all bytes, in the calling thread as far as possible. The memory must not change until the result completes.
    /// </summary>
    /// <exception cref="IOException">Thrown or in the result: the connection is broken.</exception>
    public abstract ValueTask SendAsync(ReadOnlyMemory<byte> bytes);
}
