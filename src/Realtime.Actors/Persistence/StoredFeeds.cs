using System.Data.Common;

namespace Realtime.Actors.Persistence;

/// <summary>Something that has rows or a snapshot.</summary>
/// <param name="PersistenceId">Its name in the tables.</param>
/// <param name="Feed">The room or topic; null when it is none.</param>
internal sealed record StoredFeed(string PersistenceId, FeedId? Feed);

/// <summary>Pages through everything that the tables of Akka.Persistence.Sql hold.</summary>
internal sealed class StoredFeeds(StorageDatabase database, Akka.Serialization.Serialization serialization)
{
    private const string LastRows = """
        SELECT persistence_id, message, identifier, manifest FROM journal
        WHERE (persistence_id, sequence_number) IN (SELECT persistence_id, MAX(sequence_number) FROM journal WHERE persistence_id {0} GROUP BY persistence_id)
        """;

    private const string LastSnapshots = """
        SELECT persistence_id, snapshot, serializer_id, manifest FROM snapshot
        WHERE (persistence_id, sequence_number) IN (SELECT persistence_id, MAX(sequence_number) FROM snapshot WHERE persistence_id {0} GROUP BY persistence_id)
        """;

    /// <summary>Those after a persistence id, in the order of the database.</summary>
    /// <param name="after">The id; empty for the beginning.</param>
    /// <param name="until">The last one; null for the end.</param>
    /// <param name="most">How many at most.</param>
    public async Task<IReadOnlyList<StoredFeed>> PageAsync(string after, string? until, int most)
    {
        var bound = until is null ? "" : "AND persistence_id <= @until";
        // Each table by its index, no further than this page.
        var query = $"""
            SELECT persistence_id FROM (
              SELECT DISTINCT persistence_id FROM journal WHERE persistence_id > @after {bound} ORDER BY persistence_id LIMIT @most) AS written
            UNION
            SELECT persistence_id FROM (
              SELECT DISTINCT persistence_id FROM snapshot WHERE persistence_id > @after {bound} ORDER BY persistence_id LIMIT @most) AS resting
            ORDER BY persistence_id LIMIT @most
            """;
        var ids = await database.ReadAsync(query, static row => row.GetString(0), ("after", after), ("until", until ?? ""), ("most", most)).ConfigureAwait(false);
        var names = await NamesAsync([.. ids.Where(FeedRouting.IsOfLongName)]).ConfigureAwait(false);
        return [.. ids.Select(id => new StoredFeed(id, FeedRouting.FeedOf(id) ?? (names.TryGetValue(id, out var name) ? FeedRouting.RoomFeed(name) : null)))];
    }

    // A long name is not in the persistence id, but in every row and in the snapshot.
    private async Task<Dictionary<string, string>> NamesAsync(string[] ids)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        if (ids.Length == 0)
            return names;
        foreach (var query in (string[])[LastRows, LastSnapshots])
        {
            var found = await database.ReadAsync(string.Format(null, query, database.AmongIds), Read, ("ids", ids)).ConfigureAwait(false);
            foreach (var (id, content) in found)
            {
                if (content is FeedChanged { Name: { } written })
                    names[id] = written;
                else if (content is IFeedSnapshot { Name: { } resting })
                    names[id] = resting;
            }
        }
        return names;
    }

    private (string Id, object Content) Read(DbDataReader row) =>
        (row.GetString(0), serialization.Deserialize((byte[])row.GetValue(1), row.GetInt32(2), row.GetString(3)));
}
