using Akka.Configuration;
using Akka.Persistence;
using Akka.Persistence.Sql.Snapshot;

namespace Realtime.Actors.Persistence;

/// <summary>The snapshot store of Akka.Persistence.Sql, which asks for many feeds at a time whether they have a snapshot at all.</summary>
public sealed class FeedSnapshotStore : SqlSnapshotStore
{
    private readonly BatchedQuery<string, long> _there;

    /// <summary>Made by Akka.Persistence, which gives it its section of the configuration.</summary>
    public FeedSnapshotStore(Config config)
        : base(config) => _there = new(new RowFinder(new StorageDatabase(config)).SnapshotsAsync);

    /// <inheritdoc/>
    protected override async Task<SelectedSnapshot?> LoadAsync(string persistenceId, SnapshotSelectionCriteria criteria, CancellationToken cancellationToken) =>
        await _there.FindAsync(persistenceId).WaitAsync(cancellationToken).ConfigureAwait(false) == 0 ? null : await base.LoadAsync(persistenceId, criteria, cancellationToken).ConfigureAwait(false);
}
