using Akka.Actor;

namespace Realtime.Actors;

/// <summary>Waits for the answer of an actor of this node.</summary>
public sealed class LocalReply : LocalRef
{
    private readonly TaskCompletionSource<object> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private LocalReply(ActorSystem system)
        : base(system)
    {
    }

    /// <summary>Tells an actor something, and waits for what it tells back.</summary>
    /// <param name="system">Where both are.</param>
    /// <param name="actor">An actor of this node that does not pass the sender on to another.</param>
    /// <param name="message">The question.</param>
    /// <param name="patience">How long to wait.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <exception cref="TimeoutException">There was no answer in time.</exception>
    public static Task<object> AskAsync(ActorSystem system, IActorRef actor, object message, TimeSpan patience, CancellationToken cancellation)
    {
        var reply = new LocalReply(system);
        actor.Tell(message, reply);
        return reply._answer.Task.WaitAsync(patience, cancellation);
    }

    /// <inheritdoc/>
    protected override void TellInternal(object message, IActorRef sender) => _answer.TrySetResult(message);
}
