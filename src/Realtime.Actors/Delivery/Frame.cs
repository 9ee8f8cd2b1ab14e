namespace Realtime.Actors.Delivery;

/// <summary>Bytes ready for the sockets of one protocol: encoded once on a node, and shared by all of them.</summary>
public abstract class Frame
{
    /// <summary>How many bytes they are: what counts against a session's bound.</summary>
    public abstract int Length { get; }
}
