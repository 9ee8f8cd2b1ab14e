using System.Data.Common;
using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Realtime.Bench.Joins;

/// <summary>
/// What the database alone takes for the rows that joins made: the same rows, column by column, into an empty table of the same
/// shape, by one connection in transactions of many rows. The limit that persisted joins are held against.
/// </summary>
internal static class RawInserts
{
    private const int RowsPerTransaction = 400;

    /// <summary>Inserts the journal rows of rooms whose name begins so, and returns how many and the seconds that took.</summary>
    internal static async Task<(int Rows, double Seconds)> RepeatAsync(string journal, string rooms, CancellationToken stop)
    {
        var isSqlite = journal.StartsWith("Data Source", StringComparison.Ordinal);
        var (columns, rows, definition) = await ReadAsync(journal, isSqlite, rooms, stop);
        var file = Path.GetTempFileName();
        try
        {
            await using var target = await OpenAsync(isSqlite ? $"Data Source={file}" : journal, isSqlite, stop);
            if (isSqlite)
                await ExecuteAsync(target, "PRAGMA journal_mode = WAL", stop);
            foreach (var statement in definition)
                await ExecuteAsync(target, statement, stop);
            var start = Stopwatch.GetTimestamp();
            foreach (var chunk in rows.Chunk(RowsPerTransaction))
                await InsertAsync(target, isSqlite ? "journal" : "raw_journal", columns, chunk, stop);
            return (rows.Count, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            foreach (var part in (string[])["", "-wal", "-shm"])
                File.Delete(file + part);
        }
    }

    private static async Task<(string[] Columns, List<object[]> Rows, List<string> Definition)> ReadAsync(
        string journal, bool isSqlite, string rooms, CancellationToken stop)
    {
        await using var source = await OpenAsync(journal, isSqlite, stop);
        List<string> definition = ["DROP TABLE IF EXISTS raw_journal", "CREATE TABLE raw_journal (LIKE journal INCLUDING ALL)"];
        if (isSqlite)
        {
            definition.Clear();
            await using var shape = Command(source, "SELECT sql FROM sqlite_master WHERE tbl_name = 'journal' AND sql IS NOT NULL");
            await using var statements = await shape.ExecuteReaderAsync(stop);
            while (await statements.ReadAsync(stop))
                definition.Add(statements.GetString(0));
        }

        await using var select = Command(source, $"SELECT * FROM journal WHERE persistence_id LIKE '%{rooms}%' ORDER BY ordering");
        await using var reader = await select.ExecuteReaderAsync(stop);
        var columns = Enumerable.Range(0, reader.FieldCount).Select(reader.GetName).ToArray();
        var rows = new List<object[]>();
        while (await reader.ReadAsync(stop))
        {
            var row = new object[columns.Length];
            reader.GetValues(row);
            rows.Add(row);
        }

        return (columns, rows, definition);
    }

    private static async Task InsertAsync(
        DbConnection target, string table, string[] columns, IReadOnlyList<object[]> rows, CancellationToken stop)
    {
        var own = target is NpgsqlConnection ? "OVERRIDING SYSTEM VALUE " : "";
        var text = $"INSERT INTO {table} ({string.Join(", ", columns)}) {own}VALUES ({string.Join(", ", columns.Select(column => "@" + column))})";
        await using var transaction = await target.BeginTransactionAsync(stop);
        if (target.CanCreateBatch)
        {
            await using var batch = target.CreateBatch();
            foreach (var row in rows)
            {
                var command = batch.CreateBatchCommand();
                command.CommandText = text;
                for (var i = 0; i < columns.Length; i++)
                    command.Parameters.Add(new NpgsqlParameter(columns[i], row[i]));
                batch.BatchCommands.Add(command);
            }

            await batch.ExecuteNonQueryAsync(stop);
        }
        else
        {
            await using var command = (SqliteCommand)Command(target, text);
            command.Transaction = (SqliteTransaction)transaction;
            foreach (var column in columns)
                command.Parameters.Add(new SqliteParameter(column, null));
            foreach (var row in rows)
            {
                for (var i = 0; i < columns.Length; i++)
                    command.Parameters[i].Value = row[i];
                await command.ExecuteNonQueryAsync(stop);
            }
        }

        await transaction.CommitAsync(stop);
    }

    private static async Task<DbConnection> OpenAsync(string connectionString, bool isSqlite, CancellationToken stop)
    {
        DbConnection connection = isSqlite ? new SqliteConnection(connectionString) : new NpgsqlConnection(connectionString);
        await connection.OpenAsync(stop);
        return connection;
    }

    private static async Task ExecuteAsync(DbConnection connection, string text, CancellationToken stop)
    {
        await using var command = Command(connection, text);
        await command.ExecuteNonQueryAsync(stop);
    }

    private static DbCommand Command(DbConnection connection, string text)
    {
        var command = connection.CreateCommand();
        command.CommandText = text;
        return command;
    }
}
