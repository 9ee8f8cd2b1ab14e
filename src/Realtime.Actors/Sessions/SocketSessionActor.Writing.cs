using System.Runtime.InteropServices;
using Akka.Actor;
using Akka.Event;
using Envelope = Realtime.Actors.Delivery.Envelope;

namespace Realtime.Actors.Sessions;

// What the session writes: one write under way, what comes meanwhile waits in the outbox.
internal sealed partial class SocketSessionActor
{
    private readonly Outbox _outbox;
    private ISocketTransport? _transport;
    private bool _writing;
    private long _begun;
    private Queue<(long After, IActorRef ReplyTo)>? _fences;
    private List<Frame>? _gathered; // never while a write is under way
    private int _gatheredBytes;

    private void Attach(ISocketTransport transport)
    {
        CloseTransport(CloseReason.Replaced);
        _transport = transport;
    }

    private void CloseTransport(CloseReason reason)
    {
        _transport?.Close(reason);
        DropTransport();
    }

    private void TellKeeper(bool isOpen) => Context.Parent.Tell(new ConnectionIs(_socket, isOpen), Self);

    private void DropTransport()
    {
        if (_transport is not null)
            TellKeeper(isOpen: false);
        (_transport, _writing, _gatheredBytes) = (null, false, 0);
        _gathered?.Clear();
        _outbox.Clear();
        OpenFences();
    }

    private void Write(Delivered delivered)
    {
        if (_transport is null)
            return; // the client will say what it has seen when it comes back
        if (delivered.ForAll && Gathers(delivered.Frame))
            return;
        WriteGathered(); // what came before it goes before it
        if (delivered.ForAll)
            Write(delivered.Frame, delivered.Feed, PlaceOf(delivered.Epoch, delivered.Messages));
        else
            WriteWhatIsForMe(delivered.Feed, delivered.Epoch, delivered.Messages, delivered.Frame);
    }

    private void WriteMissed(Resumed resumed)
    {
        if (_transport is not null && resumed.Missed.Count > 0)
            WriteWhatIsForMe(resumed.Feed, resumed.From.Epoch, resumed.Missed, null);
    }

    // Rare: somebody is omitted, or the message came through several rooms.
    private void WriteWhatIsForMe(FeedId feed, long epoch, IReadOnlyList<Envelope> messages, Frame? whole)
    {
        var mine = new List<Envelope>(messages.Count);
        foreach (var message in messages)
        {
            if (message.Omit != _socket && (message.MessageId is not { } id || IsNew(id, (feed, new Position(epoch, message.Seq)))))
                mine.Add(message);
        }
        if (mine.Count == 0)
            return;
        var frame = mine.Count == messages.Count && whole is not null
            ? whole
            : _transport!.Format.Encode(feed, epoch, CollectionsMarshal.AsSpan(mine));
        Write(frame, feed, PlaceOf(epoch, CollectionsMarshal.AsSpan(mine)));
    }

    // Of the last one that has a number: transient ones among them have none.
    private static Position PlaceOf(long epoch, ReadOnlySpan<Envelope> messages)
    {
        var last = messages.Length - 1;
        while (last > 0 && messages[last].IsTransient)
            last--;
        return new Position(epoch, messages[last].Seq);
    }

    private bool IsNew(Guid messageId, (FeedId, Position)? place = null) => (_seen ??= new SeenMessages()).Add(messageId, place);

    private void Write(Frame frame, FeedId? feed = null, Position upto = default)
    {
        if (_transport is null)
            return;
        if (!_writing)
            Begin(frame);
        else if (!_outbox.Add(frame, feed, upto))
        {
            ActorMetrics.SlowConsumers.Add(1, ActorMetrics.Policy(SlowConsumerPolicy.Disconnect));
            GiveUpConnection();
        }
    }

    // More has come already: a client that is in several rooms gets what they say at the same time in one write.
    private bool Gathers(Frame frame)
    {
        if (_gatheredBytes + frame.Length > ISocketTransport.MostTogether)
            WriteGathered();
        if (_writing || frame.Length > ISocketTransport.MostTogether || (!_cell.HasMessages && _gathered is not { Count: > 0 }))
            return false;
        (_gathered ??= []).Add(frame);
        _gatheredBytes += frame.Length;
        return true;
    }

    private void WriteGathered()
    {
        if (_gathered is not { Count: > 0 } frames)
            return;
        _gatheredBytes = 0;
        if (frames.Count == 1)
        {
            Begin(frames[0]);
            frames.Clear();
            return;
        }
        _begun += frames.Count;
        var write = _transport!.WriteAsync(frames);
        if (write.IsCompletedSuccessfully)
        {
            frames.Clear();
            return;
        }
        _gathered = null; // the transport still reads it
        GoOnWhenTaken(write.AsTask(), _transport);
    }

    private void Begin(Frame frame)
    {
        _begun++;
        var write = _transport!.WriteAsync(frame);
        if (!write.IsCompletedSuccessfully)
            GoOnWhenTaken(write.AsTask(), _transport);
    }

    // By itself: what its lambdas capture is allocated when a method begins, and a write that completes at once allocates nothing.
    private void GoOnWhenTaken(Task write, ISocketTransport transport)
    {
        _writing = true;
        write.PipeTo(Self, success: () => new Written(transport, null), failure: fault => new Written(transport, fault));
    }

    private void WriteNext(Written written)
    {
        if (!ReferenceEquals(written.Transport, _transport))
            return;
        _writing = false;
        if (written.Fault is { } fault)
        {
            Log.Info("Socket {0} could not be written to ({1}); its connection is closed.", _socket, fault.Message);
            GiveUpConnection();
            return;
        }
        while (!_writing && !_outbox.IsEmpty)
            Begin(_outbox.Take());
        if (_outbox.IsEmpty)
            TellLosses();
        OpenFences();
    }

    // When the client reads again: it can fetch what is kept.
    private void TellLosses()
    {
        foreach (var (feed, upto) in _outbox.TakeLosses())
        {
            if (_transport is { } transport)
                Write(transport.Format.EncodeMissed(feed, upto));
        }
    }

    // A write that has begun has its place in the connection: only what waits here can be overtaken.
    private void Take(IActorRef fenced)
    {
        if (_outbox.IsEmpty)
            fenced.Tell(new SocketDone(_socket), Self);
        else
            (_fences ??= new()).Enqueue((_begun + _outbox.Count, fenced));
    }

    private void OpenFences()
    {
        while (_fences is not null && _fences.TryPeek(out var fence) && (fence.After <= _begun || _outbox.IsEmpty))
            _fences.Dequeue().ReplyTo.Tell(new SocketDone(_socket), Self);
    }

    private void GiveUpConnection()
    {
        var transport = _transport!;
        transport.Close(CloseReason.SlowConsumer);
        Detach(new ConnectionEnded(transport, IsGoodbye: false));
    }

    private sealed record Written(ISocketTransport Transport, Exception? Fault);
}
