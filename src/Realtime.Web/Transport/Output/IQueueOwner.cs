namespace Realtime.Web.Transport.Output;

/// <summary>The connection whose frames a queue sends.</summary>
internal interface IQueueOwner
{
    /// <summary>The network has refused a frame. May be called within the queue's lock, where nobody else's code may run.</summary>
    void WriteFailed(Exception e);

    /// <inheritdoc cref="IFrameWriter.Abort"/>
    void Abort();
}
