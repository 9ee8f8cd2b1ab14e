namespace Realtime.Web.Transport.Frames;

/// <summary>What <see cref="FrameReader.Read"/> came upon.</summary>
internal enum FrameReading : byte
{
    /// <summary>Nothing yet: more bytes are needed.</summary>
    Incomplete,

    /// <summary>A data frame, or a part of a large one; its payload was passed on.</summary>
    Data,

    /// <summary>A ping, to be answered with the same payload.</summary>
    Ping,

    /// <summary>A pong, to be ignored.</summary>
    Pong,

    /// <summary>The client's close frame.</summary>
    Close,

    /// <summary>The client broke the protocol: close with 1002.</summary>
    Violation,

    /// <summary>A text message is not valid UTF-8: close with 1007.</summary>
    InvalidText,
}
