using Akka.Dispatch;

namespace Realtime.Actors.Dispatching;

/// <summary>
/// Lets actors work in the order in which they got something to do. Akka's own executor puts an actor into the queue of the thread that
/// told it something, and a thread serves its own queue first, last in first out: a relay's two thousand sessions would each
/// write before another relay, whose messages came at the same time, had its turn.
/// </summary>
internal sealed class FairExecutor(string id) : ExecutorService(id)
{
    public override void Execute(IRunnable run)
    {
        if (!Round.Takes(run))
            Singles.Add(run);
    }

    public override void Shutdown()
    {
        // The pool is the process's.
    }
}
