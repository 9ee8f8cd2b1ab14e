using Akka.Actor;

namespace Realtime.Actors;

/// <summary>
/// Makes actors by a plain call. The usual expression is taken apart anew for each actor, which costs more than the
/// actor itself where they come by the thousand.
/// </summary>
internal sealed class ActorFactory<TActor>(Func<TActor> make) : IIndirectActorProducer
    where TActor : ActorBase
{
    public Type ActorType => typeof(TActor);

    public static Props Props(Func<TActor> make) => Akka.Actor.Props.CreateBy(new ActorFactory<TActor>(make));

    public ActorBase Produce() => make();

    public void Release(ActorBase actor)
    {
    }
}
