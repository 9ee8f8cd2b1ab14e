using Akka.Actor;

namespace Realtime.Actors.Delivery;

/// <summary>A member whose session is on this node and has a connection now.</summary>
internal sealed class LocalMember(SocketId socket, IActorRef session, FrameFormat format)
{
    public SocketId Socket { get; } = socket;

    public IActorRef Session { get; } = session;

    public FrameFormat Format { get; } = format;

    /// <summary>Set when it left or lost its connection: the audiences it is in drop it when they next look.</summary>
    public bool Gone { get; set; }
}
