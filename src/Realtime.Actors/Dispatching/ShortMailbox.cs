using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Dispatch.MessageQueues;

namespace Realtime.Actors.Dispatching;

/// <summary>Gives actors a <see cref="ShortQueue"/>; the configuration names it.</summary>
/// <param name="settings">The settings of the actor system.</param>
/// <param name="config">The mailbox's own.</param>
public sealed class ShortMailbox(Settings settings, Config config) : MailboxType(settings, config), IProducesMessageQueue<ShortQueue>
{
    /// <inheritdoc/>
    public override IMessageQueue Create(IActorRef owner, ActorSystem system) => new ShortQueue();
}
