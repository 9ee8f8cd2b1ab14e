using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;
using Akka.Persistence;

namespace Realtime.Actors.Feeds;

// How a feed is read back, when it writes snapshots, and how it goes to rest.
internal abstract partial class FeedActor<TState>
{
    private const string NotWritten = "The storage did not take the change: retry.";

    private FeedRest? _rest;
    private bool _hasRows;
    private bool _hasSnapshot;
    private int _asked; // of the storage, and not answered yet
    private long _snapshotAt; // or where the rows begin
    private long? _restingAt;

    protected abstract TState Restore(IFeedSnapshot snapshot);

    protected override void OnRecover(object message)
    {
        switch (message)
        {
            case SnapshotOffer { Snapshot: IFeedSnapshot snapshot } offer:
                (_state, _rest) = (Restore(snapshot), snapshot.Rest);
                (_hasRows, _hasSnapshot, _snapshotAt) = (true, true, offer.Metadata.SequenceNr);
                if (_options.Durable && snapshot.Rest is { } stored)
                    GoOnFrom(stored);
                break;
            case IFeedEvent happened:
                if (!_hasRows)
                    _snapshotAt = LastSequenceNr - 1;
                _hasRows = true;
                Apply(happened);
                break;
            case RecoveryCompleted:
                if (!_hasRows)
                    _snapshotAt = LastSequenceNr;
                if (_rest is { } rest && !_options.Durable)
                    GoOnFrom(rest);
                if (_options.TransientMembership)
                    BeginRollCall();
                else
                    LookForLostNodes();
                break;
        }
    }

    protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr)
    {
        // The base stops this actor: the next message starts it anew from what is written. Nobody is left without an answer.
        base.OnPersistFailure(cause, @event, sequenceNr);
        Refuse([.. _inFlight, .. _waiting]);
        _waiting = [];
    }

    protected override void OnPersistRejected(Exception cause, object @event, long sequenceNr)
    {
        base.OnPersistRejected(cause, @event, sequenceNr);
        var refused = _inFlight;
        (_writing, _inFlight) = (false, []);
        _publicationsWaiting -= refused.Count(waiting => waiting.Command is IPublication);
        Refuse(refused);
        // What is persisted in here stays behind until the next message comes: so it is begun by one.
        Self.Tell(WriteNext.Instance, Self);
    }

    private void Apply(IFeedEvent happened)
    {
        switch (happened)
        {
            case FeedChanged changed:
                foreach (var inner in changed.Events)
                    Apply(inner);
                break;
            case FeedWoke:
                _rest = null;
                break;
            case MessageSaid said:
                TakeAgain(said);
                break;
            default:
                _state = _state.Apply(happened);
                break;
        }
    }

    private void SnapshotIfDue()
    {
        if (LastSequenceNr - _snapshotAt < _options.RowsPerSnapshot)
            return;
        _snapshotAt = LastSequenceNr;
        Save(_options.Durable ? RestHere() : _rest);
    }

    private FeedRest RestHere() => _sequencer.Rest(
        _time.GetUtcNow(), [.. _receipts.All.Select(static kept => new RestedReceipt(kept.Key, kept.Receipt.Position, kept.Receipt.Members))]);

    private void GoOnFrom(FeedRest rest)
    {
        _sequencer = Sequencer.Continue(rest, _options.History);
        foreach (var (key, position, members) in rest.Receipts)
            _receipts.Keep(key, new Published(_feed, position, members));
        _receipts.Trim();
    }

    // A durable feed goes on with the numbers that it wrote.
    private void TakeAgain(MessageSaid said)
    {
        if (!_options.Durable)
            return;
        if (_sequencer.Position.Epoch != said.Epoch)
            _sequencer = new Sequencer(new Position(said.Epoch, said.Message.Seq - 1), _options.History);
        _sequencer.Take(said.Message, said.At);
        _receipts.Keep(said.Key, new Published(_feed, _sequencer.Position, said.Members));
        _receipts.Trim();
    }

    // A feed with members writes down where it stands, so that it goes on with the same numbers when it wakes. One without
    // members leaves nothing behind.
    private void BeginToStop()
    {
        if (_restingAt is not null || _asked > 0) // a snapshot that is written after it was deleted would stay
            return;
        _restingAt = LastSequenceNr;
        _sequencer.History.Trim(_time.GetUtcNow());
        if (!MayBeForgotten && !(_rest is not null && _snapshotAt == LastSequenceNr))
            Save(RestHere());
        else if (MayBeForgotten && _hasSnapshot)
            LetGoOfSnapshots(LastSequenceNr); // rows without a snapshot mean nobody; a snapshot without its rows would bring members back
        else if (MayBeForgotten && _hasRows)
            LetGoOfRows(LastSequenceNr);
        else
            Context.Stop(Self);
    }

    private void Save(FeedRest? rest)
    {
        _asked++;
        var snapshot = StoredState.ToSnapshot(rest);
        SaveSnapshot(_longName is null ? snapshot : snapshot.Named(_longName));
    }

    private void LetGoOfRows(long upTo)
    {
        _asked++;
        DeleteMessages(upTo);
    }

    private void LetGoOfSnapshots(long upTo)
    {
        _asked++;
        DeleteSnapshots(new SnapshotSelectionCriteria(upTo));
    }

    private bool TakeStorageAnswer(object message)
    {
        switch (message)
        {
            case SaveSnapshotSuccess saved:
                if (saved.Metadata.SequenceNr > 0) // with no rows before it there is nothing to delete; some stores take a bound below 0 for none
                {
                    LetGoOfRows(saved.Metadata.SequenceNr);
                    if (_hasSnapshot)
                        LetGoOfSnapshots(saved.Metadata.SequenceNr - 1);
                }
                _hasSnapshot = true;
                break;
            case DeleteSnapshotsSuccess when IsEmptying:
                LetGoOfRows(LastSequenceNr);
                break;
            case DeleteSnapshotsSuccess or DeleteMessagesSuccess:
                break;
            case SaveSnapshotFailure failed:
                Log.Warning(failed.Cause, "{0} could not write a snapshot; its journal keeps the rows.", _feed);
                break;
            case DeleteMessagesFailure or DeleteSnapshotsFailure:
                Log.Warning("{0} could not delete old rows ({1}); the next snapshot tries again.", _feed, message);
                break;
            default:
                return false;
        }
        if (--_asked > 0)
            return true;
        if (_restingAt is not null)
            Context.Stop(Self);
        else
            Write(); // what waited for this: to stop
        return true;
    }

    // Members that are in memory only would come back out of a snapshot after they have left.
    private TState StoredState => _options.TransientMembership ? _empty : _state;

    private bool IsEmptying => _restingAt is not null && MayBeForgotten;

    // Nobody is in it, and it has promised nothing to anybody who comes.
    private bool MayBeForgotten => _state.Members.Count == 0 && (!_options.Durable || _sequencer.History.Count == 0);

    private void Refuse(ImmutableArray<Waiting> batch)
    {
        foreach (var (command, replyTo, _, _) in batch)
        {
            replyTo.Tell(command switch
            {
                IMemberCommand member => new MemberRefused(_feed, member.Socket, member.Op, ErrorCodes.Unavailable, NotWritten),
                _ => new Refused(_feed, ErrorCodes.Unavailable, NotWritten),
            });
        }
    }
}
