namespace Realtime.Actors.Persistence;

/// <summary>Asks the tables of Akka.Persistence.Sql about many persistence ids at a time.</summary>
internal sealed class RowFinder(StorageDatabase database)
{
    /// <summary>The highest number of each journal that has rows.</summary>
    public Task<IReadOnlyDictionary<string, long>> HighestNumbersAsync(string[] ids) => ReadAsync(
        $"SELECT persistence_id, MAX(sequence_number) FROM journal WHERE persistence_id {database.AmongIds} GROUP BY persistence_id", ids);

    /// <summary>How many snapshots there are of each that has one: the number of one may be 0, of a room that rests before it has written a row.</summary>
    public Task<IReadOnlyDictionary<string, long>> SnapshotsAsync(string[] ids) => ReadAsync(
        $"SELECT persistence_id, COUNT(*) FROM snapshot WHERE persistence_id {database.AmongIds} GROUP BY persistence_id", ids);

    private async Task<IReadOnlyDictionary<string, long>> ReadAsync(string query, string[] ids) =>
        (await database.ReadAsync(query, row => KeyValuePair.Create(row.GetString(0), row.GetInt64(1)), ("ids", ids)).ConfigureAwait(false))
        .ToDictionary(StringComparer.Ordinal);
}
