using System.Collections.Concurrent;
using Akka.Dispatch;

namespace Realtime.Actors.Dispatching;

/// <summary>
/// Actors that were told something by themselves, in that order. Each gets its turn in the thread pool, or before that between two
/// <see cref="Round"/>s: a room or a relay does not stand behind all members of a big room.
/// </summary>
internal sealed class Singles : IThreadPoolWorkItem
{
    private static readonly Singles Next = new();
    private static readonly ConcurrentQueue<IRunnable> Waiting = new();

    private Singles()
    {
    }

    public static void Add(IRunnable actor)
    {
        Waiting.Enqueue(actor);
        ThreadPool.UnsafeQueueUserWorkItem(Next, preferLocal: false);
    }

    /// <summary>Runs the one that has waited longest; false when there is none.</summary>
    public static bool RunOne()
    {
        if (!Waiting.TryDequeue(out var actor))
            return false;
        actor.Run();
        return true;
    }

    void IThreadPoolWorkItem.Execute() => RunOne();
}
