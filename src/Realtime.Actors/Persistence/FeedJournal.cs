using System.Collections.Immutable;
using Akka.Configuration;
using Akka.Persistence;
using Akka.Persistence.Sql.Journal;

namespace Realtime.Actors.Persistence;

/// <summary>
/// The journal of Akka.Persistence.Sql, which asks for many new feeds at a time whether they have rows. A thousand rooms that
/// are joined for the first time would else cost a thousand queries that find nothing.
/// </summary>
public sealed class FeedJournal : SqlWriteJournal
{
    private readonly BatchedLookup<long> _highest;
    private readonly Dictionary<string, Task> _writing = [];

    /// <summary>Made by Akka.Persistence, which gives it its section of the configuration.</summary>
    public FeedJournal(Config config)
        : base(config) => _highest = new BatchedLookup<long>(new RowFinder(config).HighestNumbersAsync);

    /// <inheritdoc/>
    public override async Task<long> ReadHighestSequenceNrAsync(string persistenceId, long fromSequenceNr, CancellationToken cancellationToken)
    {
        // A feed that was killed may have left a write behind that is not in the table yet.
        if (_writing.TryGetValue(persistenceId, out var write))
            await Task.WhenAny(write).ConfigureAwait(false);
        return await _highest.FindAsync(persistenceId).WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override Task<IImmutableList<Exception>> WriteMessagesAsync(IEnumerable<AtomicWrite> messages, CancellationToken cancellationToken)
    {
        var batch = messages as IReadOnlyCollection<AtomicWrite> ?? [.. messages];
        var persistenceId = batch.First().PersistenceId;
        var write = base.WriteMessagesAsync(batch, cancellationToken);
        _writing[persistenceId] = write;
        var self = Self;
        write.ContinueWith(
            (done, _) => self.Tell(new Written(persistenceId, done), self), null, CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return write;
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
