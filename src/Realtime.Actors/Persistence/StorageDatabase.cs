using System.Data.Common;
using System.Text.Json;
using Akka.Configuration;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Realtime.Actors.Persistence;

/// <summary>The database that Akka.Persistence.Sql keeps its tables in, for what concerns many persistence ids at a time.</summary>
internal sealed class StorageDatabase
{
    private const int SqliteConstraint = 19;

    private readonly string _connectionString;

    /// <summary>Reads which database it is from the configuration of a plugin.</summary>
    /// <exception cref="ConfigurationException">It is none of those that are supported.</exception>
    public StorageDatabase(Config plugin)
    {
        _connectionString = plugin.GetString("connection-string");
        var provider = plugin.GetString("provider-name");
        IsSqlite = provider.StartsWith("SQLite", StringComparison.Ordinal);
        if (!IsSqlite && !provider.StartsWith("PostgreSQL", StringComparison.Ordinal))
            throw new ConfigurationException($"The storage \"{provider}\" is not supported: use SQLite or PostgreSQL.");
    }

    /// <summary>Whether it is SQLite, not PostgreSQL.</summary>
    public bool IsSqlite { get; }

    /// <summary>What a column is compared with to be among the parameter <c>ids</c>.</summary>
    public string AmongIds => IsSqlite ? "IN (SELECT value FROM json_each(@ids))" : "= ANY(@ids)";

    /// <summary>Runs a query, and reads each row of its answer.</summary>
    public async Task<List<T>> ReadAsync<T>(string query, Func<DbDataReader, T> read, params (string Name, object Value)[] parameters)
    {
        var connection = await OpenAsync().ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            var command = CommandOf(connection, query, parameters);
            await using (command.ConfigureAwait(false))
            {
                var rows = new List<T>();
                var reader = await command.ExecuteReaderAsync().ConfigureAwait(false);
                await using (reader.ConfigureAwait(false))
                {
                    while (await reader.ReadAsync().ConfigureAwait(false))
                        rows.Add(read(reader));
                }
                return rows;
            }
        }
    }

    /// <summary>Runs a statement.</summary>
    public async Task ExecuteAsync(string statement, params (string Name, object Value)[] parameters)
    {
        var connection = await OpenAsync().ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            var command = CommandOf(connection, statement, parameters);
            await using (command.ConfigureAwait(false))
                await command.ExecuteNonQueryAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Runs a statement for each of many rows, in one transaction.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="rows">The values of the fields of each row.</param>
    /// <param name="fields">The parameters that they are.</param>
    /// <param name="constant">Those that are the same for all.</param>
    public async Task ExecuteEachAsync(string statement, IEnumerable<object[]> rows, string[] fields, params (string Name, object Value)[] constant)
    {
        var connection = await OpenAsync().ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            var transaction = await connection.BeginTransactionAsync().ConfigureAwait(false);
            await using (transaction.ConfigureAwait(false))
            {
                var command = CommandOf(connection, statement, [.. fields.Select(field => (field, (object)DBNull.Value)), .. constant]);
                await using (command.ConfigureAwait(false))
                {
                    command.Transaction = transaction;
                    foreach (var row in rows)
                    {
                        for (var i = 0; i < row.Length; i++)
                            command.Parameters[i].Value = row[i];
                        await command.ExecuteNonQueryAsync().ConfigureAwait(false);
                    }
                    await transaction.CommitAsync().ConfigureAwait(false);
                }
            }
        }
    }

    /// <summary>Whether a statement failed because there is such a row already.</summary>
    public static bool IsConflict(DbException fault) => fault is SqliteException { SqliteErrorCode: SqliteConstraint } or PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };

    private async Task<DbConnection> OpenAsync()
    {
        DbConnection connection = IsSqlite ? new SqliteConnection(_connectionString) : new NpgsqlConnection(_connectionString);
        await connection.OpenAsync().ConfigureAwait(false);
        return connection;
    }

    private DbCommand CommandOf(DbConnection connection, string text, (string Name, object Value)[] parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = text;
        foreach (var (name, value) in parameters)
        {
            // SQLite knows no arrays, but reads JSON.
            command.Parameters.Add(IsSqlite
                ? new SqliteParameter(name, value is Array array ? JsonSerializer.Serialize(array, array.GetType()) : value)
                : new NpgsqlParameter(name, value));
        }
        return command;
    }
}
