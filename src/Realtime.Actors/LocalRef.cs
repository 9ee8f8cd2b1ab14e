using Akka.Actor;

namespace Realtime.Actors;

/// <summary>
/// Gets the answers of actors of this node. Akka's own <c>Ask</c> makes a reference that can be sent to other nodes, with a path and a
/// place where it is found, which costs a call of the hub more than the actor's work; this one cannot be: whoever is asked must not
/// pass the sender on to another node.
/// </summary>
/// <param name="system">Where both are.</param>
public abstract class LocalRef(ActorSystem system) : MinimalActorRef
{
    // The same for all: nobody looks for one.
    private static readonly ActorPath Here = new RootActorPath(new Address("akka", "here")) / "reply";

    /// <inheritdoc/>
    public override ActorPath Path => Here;

    /// <inheritdoc/>
    public override IActorRefProvider Provider { get; } = ((ExtendedActorSystem)system).Provider;
}
