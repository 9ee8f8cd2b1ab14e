using System.Data.Common;
using System.Text.Json;
using Akka.Configuration;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Realtime.Actors.Persistence;

/// <summary>Asks the tables of Akka.Persistence.Sql about many persistence ids at a time.</summary>
internal sealed class RowFinder
{
    private const string HighestNumbers = "SELECT persistence_id, MAX(sequence_number) FROM journal WHERE persistence_id {0} GROUP BY persistence_id";
    private const string Snapshots = "SELECT persistence_id, MAX(sequence_number) FROM snapshot WHERE persistence_id {0} GROUP BY persistence_id";

    private readonly string _among;
    private readonly Func<DbConnection> _connect;
    private readonly Func<string[], DbParameter> _ids;

    /// <summary>Reads which database it is from the configuration of a plugin.</summary>
    public RowFinder(Config plugin)
    {
        var connectionString = plugin.GetString("connection-string");
        var provider = plugin.GetString("provider-name");
        if (provider.StartsWith("SQLite", StringComparison.Ordinal))
        {
            _among = "IN (SELECT value FROM json_each(@ids))";
            _connect = () => new SqliteConnection(connectionString);
            _ids = ids => new SqliteParameter("ids", JsonSerializer.Serialize(ids));
        }
        else if (provider.StartsWith("PostgreSQL", StringComparison.Ordinal))
        {
            _among = "= ANY(@ids)";
            _connect = () => new NpgsqlConnection(connectionString);
            _ids = ids => new NpgsqlParameter("ids", ids);
        }
        else
        {
            throw new ConfigurationException($"The storage \"{provider}\" is not supported: use SQLite or PostgreSQL.");
        }
    }

    /// <summary>The highest number of each journal that has rows.</summary>
    public Task<IReadOnlyDictionary<string, long>> HighestNumbersAsync(string[] ids) => ReadAsync(HighestNumbers, ids);

    /// <summary>The number of the latest snapshot of each that has one.</summary>
    public Task<IReadOnlyDictionary<string, long>> SnapshotsAsync(string[] ids) => ReadAsync(Snapshots, ids);

    private async Task<IReadOnlyDictionary<string, long>> ReadAsync(string query, string[] ids)
    {
        var connection = _connect();
        await using (connection.ConfigureAwait(false))
        {
            await connection.OpenAsync().ConfigureAwait(false);
            var command = connection.CreateCommand();
            await using (command.ConfigureAwait(false))
            {
                command.CommandText = string.Format(null, query, _among);
                command.Parameters.Add(_ids(ids));
                var found = new Dictionary<string, long>(StringComparer.Ordinal);
                var reader = await command.ExecuteReaderAsync().ConfigureAwait(false);
                await using (reader.ConfigureAwait(false))
                {
                    while (await reader.ReadAsync().ConfigureAwait(false))
                        found.Add(reader.GetString(0), reader.GetInt64(1));
                }
                return found;
            }
        }
    }
}
