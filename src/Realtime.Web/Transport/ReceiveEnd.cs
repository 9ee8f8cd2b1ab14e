namespace Realtime.Web.Transport;

/// <summary>Why nothing more is read from a connection.</summary>
internal enum ReceiveEnd
{
    /// <summary>The connection broke, or its client went without a close frame.</summary>
    Lost,

    /// <summary>The client sent a close frame.</summary>
    ClientClosed,

    /// <summary>The client sent a frame or a close frame that breaks the protocol.</summary>
    Violation,

    /// <summary>The client sent a text message that is not valid UTF-8.</summary>
    InvalidText,

    /// <summary>The hub reads no more.</summary>
    HubEnded,
}
