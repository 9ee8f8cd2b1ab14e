namespace Realtime.Actors.Persistence;

/// <summary>
/// Deletes rows of many feeds at a time, and all of them: the package's own statement leaves the last one of a journal for ever, to
/// remember its number.
/// </summary>
internal sealed class RowRemover(StorageDatabase database, string table)
{
    // The join is written in this order so that each feed is found by its index.
    private const string Sqlite = """
        DELETE FROM {0} WHERE rowid IN (
          SELECT covered.rowid FROM json_each(@covered) AS upto CROSS JOIN {0} AS covered
          WHERE covered.persistence_id = upto.value ->> 'Id' AND covered.sequence_number <= upto.value ->> 'Number')
        """;

    private const string Postgres = """
        DELETE FROM {0} USING unnest(@ids, @numbers) AS upto (id, number)
        WHERE persistence_id = upto.id AND sequence_number <= upto.number
        """;

    private readonly string _statement = string.Format(null, database.IsSqlite ? Sqlite : Postgres, table);

    /// <summary>Deletes the rows up to these, and returns nothing but that it has been done.</summary>
    public async Task<IReadOnlyDictionary<Covered, bool>> DeleteAsync(Covered[] covered)
    {
        await (database.IsSqlite
            ? database.ExecuteAsync(_statement, ("covered", covered))
            : database.ExecuteAsync(_statement, ("ids", covered.Select(upto => upto.Id).ToArray()), ("numbers", covered.Select(upto => upto.Number).ToArray())))
            .ConfigureAwait(false);
        return covered.Distinct().ToDictionary(upto => upto, _ => true);
    }

    /// <summary>The rows of a feed up to a number, itself included.</summary>
    internal readonly record struct Covered(string Id, long Number);
}
