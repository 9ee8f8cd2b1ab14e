using System.Collections.Immutable;
using Akka.Actor;
using Envelope = Realtime.Actors.Delivery.Envelope;

namespace Realtime.Actors.Feeds;

// What one turn of a feed decides on: everything that waited, and the row that it makes together.
internal abstract partial class FeedActor<TState>
{
    private Turn Decide(List<Waiting> batch, DateTimeOffset now)
    {
        var turn = new Turn(_state, _options.Durable ? new Saying(_sequencer.Position, _receipts) : null, IsOvertaken, now);
        foreach (var waiting in batch)
            turn.Take(waiting);
        if (Announce(_state, turn.State, turn.Events) is { } news)
        {
            _publicationsWaiting++;
            turn.Take(new Waiting(news, ActorRefs.Nobody));
        }
        if (_rest is not null && !_options.Durable && _publicationsWaiting > 0)
            turn.Events.Insert(0, FeedWoke.Instance);
        return turn;
    }

    private sealed class Turn(TState state, Saying? saying, Func<ISessionCommand, TState, bool> isOvertaken, DateTimeOffset now)
    {
        /// <summary>What is so after all that was taken.</summary>
        public TState State { get; private set; } = state;

        public ImmutableArray<IFeedEvent>.Builder Events { get; } = ImmutableArray.CreateBuilder<IFeedEvent>();

        public ImmutableArray<Waiting>.Builder Decided { get; } = ImmutableArray.CreateBuilder<Waiting>();

        /// <summary>Decides on a command: on the state that those before it leave.</summary>
        public void Take(Waiting waiting)
        {
            var happened = waiting.Command is ISessionCommand late && isOvertaken(late, State) ? null : State.Decide(waiting.Command, now);
            // Its audience is the one before it: whoever hears that a record was destroyed is no longer subscribed to it then.
            var said = waiting.Command is IPublication { IsTransient: false } publication ? saying?.Next(publication, State.AudienceOf, now) : null;
            if (happened is not null)
            {
                Events.AddRange(happened is FeedChanged several ? several.Events : [happened]);
                State = State.Apply(happened);
            }
            if (said is not null)
                Events.Add(said);
            Decided.Add(waiting with { After = State, Said = said?.Message });
        }
    }

    /// <param name="Command">What is asked.</param>
    /// <param name="ReplyTo">By whom.</param>
    /// <param name="After">What is so once it is written.</param>
    /// <param name="Said">What is said then.</param>
    private sealed record Waiting(IFeedCommand Command, IActorRef ReplyTo, TState? After = null, Envelope? Said = null);
}
