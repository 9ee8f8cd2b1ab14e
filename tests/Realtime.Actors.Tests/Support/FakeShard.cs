using Akka.Actor;
using Akka.Cluster.Sharding;

namespace Realtime.Actors.Tests.Support;

/// <summary>Starts a feed when somebody wants something of it, and lets it rest when it asks for that, as its shard does.</summary>
internal sealed class FakeShard(Func<FeedId, Props> propsOf) : UntypedActor
{
    private readonly Dictionary<string, IActorRef> _awake = [];
    private readonly Dictionary<IActorRef, List<(object Message, IActorRef Sender)>> _resting = [];

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case IWithFeed { Feed: var feed }:
                if (!_awake.TryGetValue(feed.Key, out var actor))
                    _awake[feed.Key] = actor = Context.Watch(Context.ActorOf(propsOf(feed)));
                if (_resting.TryGetValue(actor, out var later))
                    later.Add((message, Sender));
                else
                    actor.Forward(message);
                break;
            case Passivate passivate when _resting.TryAdd(Sender, []):
                Sender.Tell(passivate.StopMessage);
                break;
            case Terminated stopped:
                _awake.Remove(_awake.Single(entry => entry.Value.Equals(stopped.ActorRef)).Key);
                _resting.Remove(stopped.ActorRef, out var waiting);
                foreach (var (held, sender) in waiting ?? [])
                    Self.Tell(held, sender);
                break;
        }
    }
}
