using Akka.Actor;

namespace Realtime.Actors;

/// <summary>
/// Asks an actor of this node. Akka's own <c>Ask</c> makes a reference that can be sent to other nodes, with a path and a place where it is
/// found, which costs a call of the hub more than the actor's work; this one cannot be.
/// </summary>
public sealed class LocalReply : MinimalActorRef
{
    // The same for all: nobody looks for one.
    private static readonly ActorPath Here = new RootActorPath(new Address("akka", "here")) / "reply";

    private readonly TaskCompletionSource<object> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private LocalReply(IActorRefProvider provider) => Provider = provider;

    /// <inheritdoc/>
    public override ActorPath Path => Here;

    /// <inheritdoc/>
    public override IActorRefProvider Provider { get; }

    /// <summary>Tells an actor something, and waits for what it tells back.</summary>
    /// <param name="system">Where both are.</param>
    /// <param name="actor">An actor of this node that does not pass the sender on to another.</param>
    /// <param name="message">The question.</param>
    /// <param name="patience">How long to wait.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <exception cref="TimeoutException">There was no answer in time.</exception>
    public static Task<object> AskAsync(ActorSystem system, IActorRef actor, object message, TimeSpan patience, CancellationToken cancellation)
    {
        var reply = new LocalReply(((ExtendedActorSystem)system).Provider);
        actor.Tell(message, reply);
        return reply._answer.Task.WaitAsync(patience, cancellation);
    }

    /// <inheritdoc/>
    protected override void TellInternal(object message, IActorRef sender) => _answer.TrySetResult(message);
}
