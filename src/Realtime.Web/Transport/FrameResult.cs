namespace Realtime.Web.Transport;

/// <summary>What became of a frame.</summary>
public enum FrameResult
{
    /// <summary>The network has taken it, or is given it as soon as the round of sessions that writes it is over: nothing waits before it.</summary>
    Sent,

    /// <summary>It is accepted and waits for the network, in order.</summary>
    Queued,

    /// <summary>Refused: more than <see cref="FastTransportOptions.MaxQueuedBytes"/> would wait. Nothing of it was sent.</summary>
    Full,

    /// <summary>Refused: the connection has ended or is closing.</summary>
    Closed,
}
