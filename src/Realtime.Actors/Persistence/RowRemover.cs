namespace Realtime.Actors.Persistence;

/// <summary>
/// Deletes rows of many journals at a time, and all of them: the package's own statement leaves the last one for ever, to
/// remember its number.
/// </summary>
internal sealed class RowRemover(StorageDatabase database)
{
    // The join is written in this order so that each journal is found by its index.
    private const string Sqlite = """
        DELETE FROM journal WHERE ordering IN (
          SELECT covered.ordering FROM json_each(@covered) AS upto CROSS JOIN journal AS covered
          WHERE covered.persistence_id = upto.value ->> 'Id' AND covered.sequence_number <= upto.value ->> 'Number')
        """;

    private const string Postgres = """
        DELETE FROM journal USING unnest(@ids, @numbers) AS upto (id, number)
        WHERE persistence_id = upto.id AND sequence_number <= upto.number
        """;

    /// <summary>Deletes the rows up to these, and returns nothing but that it has been done.</summary>
    public async Task<IReadOnlyDictionary<Covered, bool>> DeleteAsync(Covered[] covered)
    {
        await (database.IsSqlite
            ? database.ExecuteAsync(Sqlite, ("covered", covered))
            : database.ExecuteAsync(Postgres, ("ids", covered.Select(upto => upto.Id).ToArray()), ("numbers", covered.Select(upto => upto.Number).ToArray())))
            .ConfigureAwait(false);
        return covered.Distinct().ToDictionary(upto => upto, _ => true);
    }

    /// <summary>The rows of a journal up to a number, itself included.</summary>
    internal readonly record struct Covered(string Id, long Number);
}
