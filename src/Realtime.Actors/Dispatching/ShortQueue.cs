using System.Diagnostics.CodeAnalysis;
using Akka.Actor;
using Akka.Dispatch;
using Akka.Dispatch.MessageQueues;
using Envelope = Akka.Actor.Envelope;

namespace Realtime.Actors.Dispatching;

/// <summary>
/// The messages of an actor that hardly ever has more than one waiting, as tens of thousands of sessions do: the first lies in here, and
/// only what comes on top of it needs a queue. So a message touches one object, and not the several that a queue for many writers
/// is made of; with ten thousand receivers each of them is a cache miss. Thread-safe.
/// </summary>
[SuppressMessage("Naming", "CA1711", Justification = "It is a message queue in Akka's sense, and named as Akka names its own.")]
public sealed class ShortQueue : IMessageQueue, IUnboundedMessageQueueSemantics
{
    // What a rare flood has made of the queue behind the first is not kept.
    private const int MostKept = 64;

    private SpinLock _gate = new(enableThreadOwnerTracking: false); // held for a few instructions
    private int _count;
    private Envelope _first;
    private Queue<Envelope>? _behind;

    /// <inheritdoc/>
    public bool HasMessages => Volatile.Read(ref _count) > 0;

    /// <inheritdoc/>
    public int Count => Volatile.Read(ref _count);

    /// <inheritdoc/>
    public void Enqueue(IActorRef receiver, Envelope envelope)
    {
        var taken = false;
        _gate.Enter(ref taken);
        if (_count == 0)
            _first = envelope;
        else
            (_behind ??= new()).Enqueue(envelope);
        Volatile.Write(ref _count, _count + 1);
        _gate.Exit();
    }

    /// <inheritdoc/>
    public bool TryDequeue(out Envelope envelope)
    {
        if (Volatile.Read(ref _count) == 0)
        {
            envelope = default;
            return false;
        }
        var taken = false;
        _gate.Enter(ref taken);
        envelope = _first; // there is one: nobody else takes any
        _first = _count > 1 ? _behind!.Dequeue() : default;
        if (_count == 2 && _behind!.Capacity > MostKept)
            _behind = null;
        Volatile.Write(ref _count, _count - 1);
        _gate.Exit();
        return true;
    }

    /// <inheritdoc/>
    public void CleanUp(IActorRef owner, IMessageQueue deadletters)
    {
        ArgumentNullException.ThrowIfNull(deadletters);
        while (TryDequeue(out var message))
            deadletters.Enqueue(owner, message);
    }
}
