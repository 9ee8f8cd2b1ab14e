using System.Collections.Concurrent;
using Akka.Dispatch;

namespace Realtime.Actors.Dispatching;

/// <summary>
/// Actors that were told something together. One thread runs them one behind the other, and then does what they have put off: what each of
/// them would do in the kernel. Going there and back for each, a processor finds in its caches neither our code nor the kernel's.
/// </summary>
public sealed class Round : IThreadPoolWorkItem
{
    /// <summary>How many actors a round has at most: many make several, that several threads can run.</summary>
    public const int Size = 64;

    // As many as were ever under way at once.
    private static readonly ConcurrentQueue<Round> Spare = new();

    [ThreadStatic]
    private static Gathering? _gathering;

    [ThreadStatic]
    private static Round? _running;

    private readonly IRunnable[] _actors = new IRunnable[Size];
    private readonly IThreadPoolWorkItem[] _putOff = new IThreadPoolWorkItem[Size];
    private int _actorCount;
    private int _putOffCount;

    private Round()
    {
    }

    /// <summary>Puts off some work of the actor that runs now until the others of its round have run too.</summary>
    /// <param name="work">What is to be done. It must not throw.</param>
    /// <returns>False when it is to be done now: the actor runs by itself.</returns>
    public static bool PutOff(IThreadPoolWorkItem work)
    {
        if (_running is not { _putOffCount: < Size } round)
            return false;
        round._putOff[round._putOffCount++] = work;
        return true;
    }

    /// <summary>
    /// Whoever this thread tells something, until the result is disposed of, works in rounds. Null where that holds already: then they
    /// go on their way with the others.
    /// </summary>
    internal static Gathering? Gather() => _gathering is null ? _gathering = new Gathering() : null;

    /// <summary>Takes an actor that was told something; false when the thread gathers none.</summary>
    internal static bool Takes(IRunnable actor)
    {
        if (_gathering is not { } gathering)
            return false;
        gathering.Add(actor);
        return true;
    }

    void IThreadPoolWorkItem.Execute()
    {
        var context = ExecutionContext.Capture();
        _running = this;
        for (var i = 0; i < _actorCount; i++)
        {
            _actors[i].Run();
            Restore(context);
        }
        _running = null;
        for (var i = 0; i < _putOffCount; i++)
        {
            _putOff[i].Execute();
            Restore(context);
        }
        Array.Clear(_actors, 0, _actorCount);
        Array.Clear(_putOff, 0, _putOffCount);
        (_actorCount, _putOffCount) = (0, 0);
        Spare.Enqueue(this);
        // As many as it had itself at most: the next round has its turn too.
        for (var i = 0; i < Size && Singles.RunOne(); i++)
            Restore(context);
    }

    // As the pool does it between those that it runs.
    private static void Restore(ExecutionContext? context)
    {
        if (context is not null && !ReferenceEquals(ExecutionContext.Capture(), context))
            ExecutionContext.Restore(context);
    }

    /// <summary>The actors that one thread tells something. Disposing sends the last of them on their way.</summary>
    internal sealed class Gathering : IDisposable
    {
        private Round? _open;

        public void Add(IRunnable actor)
        {
            _open ??= Spare.TryDequeue(out var spare) ? spare : new Round();
            _open._actors[_open._actorCount++] = actor;
            if (_open._actorCount == Size)
                Go();
        }

        public void Dispose()
        {
            _gathering = null;
            if (_open is not null)
                Go();
        }

        private void Go()
        {
            ThreadPool.UnsafeQueueUserWorkItem(_open!, preferLocal: false);
            _open = null;
        }
    }
}
