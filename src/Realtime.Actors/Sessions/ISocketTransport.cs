namespace Realtime.Actors.Sessions;

/// <summary>The connection of a socket, whatever protocol it speaks. Used by one session at a time.</summary>
public interface ISocketTransport
{
    /// <summary>How many bytes of frames a session has written together at most: what is joined is copied.</summary>
    const int MostTogether = 16 * 1024;

    /// <summary>How messages are encoded for it.</summary>
    FrameFormat Format { get; }

    /// <summary>
    /// Writes a whole frame. Completes at once where the connection takes it at once; otherwise when it has been taken, and
    /// until then there is no other write. A connection that breaks ends itself: writing to it is no error.
    /// </summary>
    ValueTask WriteAsync(Frame frame);

    /// <summary>
    /// Writes frames, <see cref="MostTogether"/> bytes at most, one behind the other, together where the connection can. Otherwise
    /// as <see cref="WriteAsync(Frame)"/>; the list must not change until this completes.
    /// </summary>
    ValueTask WriteAsync(IReadOnlyList<Frame> frames);

    /// <summary>Ends the connection.</summary>
    void Close(CloseReason reason);
}
