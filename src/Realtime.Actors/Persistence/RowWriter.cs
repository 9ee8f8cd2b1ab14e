using System.Data.Common;

namespace Realtime.Actors.Persistence;

/// <summary>
/// Writes rows of many feeds with one statement in one transaction. The package's own way builds each statement anew, and on SQLite
/// it writes each row by itself, since the database answers before a second one can wait.
/// </summary>
internal sealed class RowWriter(StorageDatabase database)
{
    private const string Events = "INSERT INTO journal (persistence_id, sequence_number, created, message, identifier, manifest, deleted, tags, writer_uuid)";
    private const string Snapshots = "INSERT INTO snapshot (persistence_id, sequence_number, created, snapshot, serializer_id, manifest)";

    private const string Again = """
         ON CONFLICT (persistence_id, sequence_number) DO UPDATE SET
          created = excluded.created, snapshot = excluded.snapshot, serializer_id = excluded.serializer_id, manifest = excluded.manifest
        """;

    private static readonly string[] Fields = ["id", "number", "created", "bytes", "serializer", "manifest"];

    // All that this process writes bears its name, so that a replay sees when two have written beside each other.
    private readonly string _writer = Guid.NewGuid().ToString("n");

    /// <summary>Writes events, and returns the faults of those that could not be written.</summary>
    public Task<IReadOnlyDictionary<Write, Exception>> AddEventsAsync(Write[] writes) =>
        WriteEachAsync(writes, rows => InsertAsync(Events, ", @deleted, '', @writer", "", rows, ("deleted", false), ("writer", _writer)));

    /// <summary>Writes snapshots, one of the same number over the former, and returns the faults of those that could not be written.</summary>
    public Task<IReadOnlyDictionary<Write, Exception>> PutSnapshotsAsync(Write[] writes) =>
        WriteEachAsync(writes, rows => InsertAsync(Snapshots, "", Again, rows));

    private static async Task<IReadOnlyDictionary<Write, Exception>> WriteEachAsync(Write[] writes, Func<List<StoredRow>, Task> insert)
    {
        var faults = new Dictionary<Write, Exception>();
        try
        {
            await insert([.. writes.SelectMany(write => write.Rows)]).ConfigureAwait(false);
        }
        catch (DbException conflict) when (writes.Length > 1 && StorageDatabase.IsConflict(conflict))
        {
            // A feed that has been started twice does not take the others' rows with it.
            foreach (var write in writes)
            {
                try
                {
                    await insert([.. write.Rows]).ConfigureAwait(false);
                }
                catch (DbException fault)
                {
                    faults.Add(write, fault);
                }
            }
        }
        return faults;
    }

    private Task InsertAsync(string into, string constants, string onConflict, List<StoredRow> rows, params (string Name, object Value)[] constant)
    {
        if (database.IsSqlite)
        {
            var each = $"{into} VALUES ({string.Join(", ", Fields.Select(field => "@" + field))}{constants}){onConflict}";
            return database.ExecuteEachAsync(each, rows.Select(Values), Fields, constant);
        }
        var all = $"{into} SELECT stored.*{constants} FROM unnest({string.Join(", ", Fields.Select(field => "@" + field))}) AS stored{onConflict}";
        return database.ExecuteAsync(all,
        [
            ("id", rows.ConvertAll(row => row.PersistenceId).ToArray()),
            ("number", rows.ConvertAll(row => row.Number).ToArray()),
            ("created", rows.ConvertAll(row => row.Created).ToArray()),
            ("bytes", rows.ConvertAll(row => row.Bytes).ToArray()),
            ("serializer", rows.ConvertAll(row => row.Serializer).ToArray()),
            ("manifest", rows.ConvertAll(row => row.Manifest).ToArray()),
            .. constant,
        ]);
    }

    private static object[] Values(StoredRow row) => [row.PersistenceId, row.Number, row.Created, row.Bytes, row.Serializer, row.Manifest];

    /// <summary>The rows of one feed that are written together or not at all.</summary>
    internal sealed class Write(IReadOnlyList<StoredRow> rows)
    {
        public IReadOnlyList<StoredRow> Rows { get; } = rows;
    }
}
