namespace Realtime.Web.Transport;

/// <summary>What became of a frame.</summary>
public enum FrameResult
{
    /// <summary>The network has taken it.</summary>
    Sent,

    /// <summary>It is accepted and waits for the network, in order.</summary>
    Queued,

    /// <summary>Refused: more than <see cref="FastTransportOptions.MaxQueuedBytes"/> would wait. Nothing of it was sent.</summary>
    Full,

    /// <summary>Refused: the connection has ended or is closing.</summary>
    Closed,
}
