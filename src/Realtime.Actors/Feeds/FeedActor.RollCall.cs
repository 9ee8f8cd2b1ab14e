using Akka.Actor;
using Akka.Event;

namespace Realtime.Actors.Feeds;

// How a room that keeps its members in memory only finds them again when it begins a new life: the relays of their nodes remember them.
internal abstract partial class FeedActor<TState>
{
    private RollCall? _rollCall;

    private void BeginRollCall()
    {
        _state = _empty;
        _rollCall = new RollCall(_time.GetUtcNow().UtcTicks);
        Timers.StartPeriodicTimer(RollDue.Instance, RollDue.Instance, RollCall.AgainAfter);
        CallRoll(_rollCall);
    }

    // Until the members are found, whoever is not among them would be told that he is none, and would miss what is said.
    private bool HoldUp(object message)
    {
        if (_rollCall is not { HoldsUp: true } || message is not (IWithFeed or StopFeed) || message is MembersHere)
            return false;
        Stash.Stash();
        return true;
    }

    private void CallRoll(RollCall roll)
    {
        var missing = roll.Missing(_nodes.AliveWeb);
        var enough = roll.BeginRound();
        if (missing.Length == 0 || enough)
            LetGo(roll, missing);
        foreach (var node in missing)
            _nodes.RelayOf(node, _feed)?.Tell(new CallRoll(_feed, roll.Id, node), Self);
    }

    // A round later, since a node that has just begun may not know all the others yet; and for as long as one has not answered.
    private void CallRollAgain()
    {
        if (_rollCall is not { } roll)
            return;
        var heldUp = roll.HoldsUp;
        CallRoll(roll);
        if (heldUp || roll.Missing(_nodes.AliveWeb).Length > 0)
            return;
        _rollCall = null;
        Timers.Cancel(RollDue.Instance);
    }

    private void Take(MembersHere here)
    {
        if (_rollCall is not { } roll || roll.Id != here.Roll)
            return; // of a former life, or twice
        if (!roll.HoldsUp)
        {
            // Late, so that the others are told; or those who wait for the answer to their join, behind the join itself if that came.
            Enqueue(new Waiting(roll.Has(here.Node) ? here.OnlyJoining() : here, ActorRefs.Nobody));
            if (!here.More)
                roll.Answered(here.Node);
            return;
        }
        if (_state.Decide(here.WithoutJoining(), _time.GetUtcNow()) is { } back)
            _state = _state.Apply(back);
        if (here.Members.Any(MembersHere.IsJoining))
            Stash.Stash();
        if (!here.More)
            roll.Answered(here.Node);
        if (roll.Missing(_nodes.AliveWeb).Length == 0)
            LetGo(roll, []);
    }

    private void LetGo(RollCall roll, NodeId[] missing)
    {
        if (!roll.HoldsUp)
            return;
        if (missing.Length > 0)
            Log.Warning("{0} goes on without the members on {1}, whose relays have not answered yet.", _feed, string.Join(", ", missing));
        roll.LetGo();
        Stash.UnstashAll();
    }

    private sealed class RollDue : INotInfluenceReceiveTimeout
    {
        public static readonly RollDue Instance = new();
    }
}
