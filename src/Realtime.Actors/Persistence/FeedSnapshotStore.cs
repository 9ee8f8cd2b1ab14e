using Akka.Configuration;
using Akka.Persistence;
using Akka.Persistence.Sql.Snapshot;

namespace Realtime.Actors.Persistence;

/// <summary>
/// The snapshot store of Akka.Persistence.Sql, which asks for many feeds at a time whether they have a snapshot at all, and writes and
/// deletes those of many at a time: when a node goes, all its rooms go to rest at once.
/// </summary>
public sealed class FeedSnapshotStore : SqlSnapshotStore
{
    private readonly BatchedQuery<string, long> _there;
    private readonly BatchedQuery<RowWriter.Write, Exception> _writes;
    private readonly BatchedQuery<RowRemover.Covered, bool> _deletions;
    private readonly Akka.Serialization.Serialization _serialization = Context.System.Serialization;

    /// <summary>Made by Akka.Persistence, which gives it its section of the configuration.</summary>
    public FeedSnapshotStore(Config config)
        : base(config)
    {
        var database = new StorageDatabase(config);
        _there = new(new RowFinder(database).SnapshotsAsync);
        _writes = new(new RowWriter(database).PutSnapshotsAsync);
        _deletions = new(new RowRemover(database, "snapshot").DeleteAsync);
    }

    /// <inheritdoc/>
    protected override async Task<SelectedSnapshot?> LoadAsync(string persistenceId, SnapshotSelectionCriteria criteria, CancellationToken cancellationToken) =>
        await _there.FindAsync(persistenceId).WaitAsync(cancellationToken).ConfigureAwait(false) == 0 ? null : await base.LoadAsync(persistenceId, criteria, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    protected override async Task SaveAsync(SnapshotMetadata metadata, object snapshot, CancellationToken cancellationToken)
    {
        var row = StoredRow.Of(metadata.PersistenceId, metadata.SequenceNr, metadata.Timestamp, snapshot, _serialization);
        if (await _writes.FindAsync(new([row])).WaitAsync(cancellationToken).ConfigureAwait(false) is { } fault)
            throw new InvalidOperationException($"The snapshot of {metadata.PersistenceId} was not written: {fault.Message}", fault);
    }

    /// <inheritdoc/>
    protected override Task DeleteAsync(string persistenceId, SnapshotSelectionCriteria criteria, CancellationToken cancellationToken) =>
        criteria == new SnapshotSelectionCriteria(criteria.MaxSequenceNr)
            ? _deletions.FindAsync(new(persistenceId, criteria.MaxSequenceNr)).WaitAsync(cancellationToken)
            : base.DeleteAsync(persistenceId, criteria, cancellationToken);
}
