using System.Collections.Concurrent;
using System.Collections.Immutable;
using Akka.Configuration;
using Akka.Persistence;
using Akka.Persistence.Sql.Journal;

namespace Realtime.Actors.Persistence;

/// <summary>
/// The journal of Akka.Persistence.Sql, which asks for many new feeds at a time whether they have rows, and writes and deletes the rows
/// of many at a time. A thousand rooms that are joined for the first time would else cost a thousand queries that find nothing.
/// </summary>
/// <remarks>
/// Where the package leaves a deleted row behind to remember the last number of a feed, this leaves nothing: a feed without
/// rows begins with a number that it never had, the time in microseconds.
/// </remarks>
public sealed class FeedJournal : SqlWriteJournal
{
    private readonly BatchedQuery<string, long> _highest;
    private readonly BatchedQuery<RowWriter.Write, Exception> _writes;
    private readonly BatchedQuery<RowRemover.Covered, bool> _deletions;
    private readonly Akka.Serialization.Serialization _serialization = Context.System.Serialization;
    private readonly Dictionary<string, Task> _writing = [];

    // Those that were just found without rows, each with the number it begins after: there is nothing to be read back.
    private readonly ConcurrentDictionary<string, long> _new = new(StringComparer.Ordinal);

    /// <summary>Made by Akka.Persistence, which gives it its section of the configuration.</summary>
    public FeedJournal(Config config)
        : base(config)
    {
        var database = new StorageDatabase(config);
        _highest = new(new RowFinder(database).HighestNumbersAsync);
        _writes = new(new RowWriter(database).AddEventsAsync);
        _deletions = new(new RowRemover(database, "journal").DeleteAsync);
    }

    /// <inheritdoc/>
    public override async Task<long> ReadHighestSequenceNrAsync(string persistenceId, long fromSequenceNr, CancellationToken cancellationToken)
    {
        // A feed that was killed may have left a write behind that is not in the table yet.
        if (_writing.TryGetValue(persistenceId, out var write))
            await Task.WhenAny(write).ConfigureAwait(false);
        var highest = await _highest.FindAsync(persistenceId).WaitAsync(cancellationToken).ConfigureAwait(false);
        if (highest > 0 || fromSequenceNr > 0)
            return Math.Max(highest, fromSequenceNr); // with a snapshot and no rows behind it, that of the snapshot
        return _new[persistenceId] = (DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
    }

    /// <inheritdoc/>
    public override Task ReplayMessagesAsync(
        Akka.Actor.IActorContext context, string persistenceId, long fromSequenceNr, long toSequenceNr, long max,
        Action<IPersistentRepresentation> recoveryCallback) =>
        _new.TryRemove(KeyValuePair.Create(persistenceId, toSequenceNr))
            ? Task.CompletedTask
            : base.ReplayMessagesAsync(context, persistenceId, fromSequenceNr, toSequenceNr, max, recoveryCallback);

    /// <inheritdoc/>
    protected override Task DeleteMessagesToAsync(string persistenceId, long toSequenceNr, CancellationToken cancellationToken) =>
        _deletions.FindAsync(new(persistenceId, toSequenceNr)).WaitAsync(cancellationToken);

    /// <inheritdoc/>
    protected override Task<IImmutableList<Exception>> WriteMessagesAsync(IEnumerable<AtomicWrite> messages, CancellationToken cancellationToken)
    {
        var batch = messages as IReadOnlyCollection<AtomicWrite> ?? [.. messages];
        var persistenceId = batch.First().PersistenceId;
        Task<IImmutableList<Exception>> write = WriteAsync(batch, cancellationToken)!;
        _writing[persistenceId] = write;
        var self = Self;
        write.ContinueWith(
            (done, _) => self.Tell(new Written(persistenceId, done), self), null, CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return write;
    }

    private async Task<IImmutableList<Exception>?> WriteAsync(IReadOnlyCollection<AtomicWrite> batch, CancellationToken cancellationToken)
    {
        var rows = new List<StoredRow>(batch.Count);
        var now = DateTime.UtcNow;
        foreach (var atomic in batch)
        {
            foreach (var happened in (IImmutableList<IPersistentRepresentation>)atomic.Payload)
                rows.Add(StoredRow.Of(happened.PersistenceId, happened.SequenceNr, now, happened.Payload, _serialization));
        }
        var fault = await _writes.FindAsync(new(rows)).WaitAsync(cancellationToken).ConfigureAwait(false);
        return fault is null ? null /* none is rejected */ : throw new InvalidOperationException($"The rows of {rows[0].PersistenceId} were not written: {fault.Message}", fault);
    }

    /// <inheritdoc/>
    protected override bool ReceivePluginInternal(object message)
    {
        if (message is not Written written)
            return base.ReceivePluginInternal(message);
        if (_writing.TryGetValue(written.PersistenceId, out var latest) && latest == written.Write)
            _writing.Remove(written.PersistenceId);
        return true;
    }

    private sealed record Written(string PersistenceId, Task Write);
}
