using Microsoft.Data.Sqlite;
using Npgsql;
using Realtime.Testing;
using Realtime.Web.Models.Definitions;

namespace Realtime.Web.Tests.Models.Definitions;

/// <summary>A folder of definitions, and a database of its own for their records.</summary>
public abstract class DefinedStore : IDisposable
{
    private readonly TempFolder _folder = new();

    /// <summary>The folder of the definitions.</summary>
    public string Definitions => Directory.CreateDirectory(_folder["models"]).FullName;

    protected string this[string name] => _folder[name];

    /// <summary>Writes the definition of a model.</summary>
    public void Define(string model, string json) => File.WriteAllText(Path.Combine(Definitions, $"{model}.json"), json);

    public abstract void Use(ModelSettings settings);

    /// <summary>Executes a statement, as somebody who knows nothing of definitions.</summary>
    public abstract Task ExecuteAsync(string sql);

    public void Dispose()
    {
        DropDatabase();
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Removes the database, where it is not in the folder.</summary>
    protected virtual void DropDatabase()
    {
    }
}

public sealed class DefinedOnSqlite : DefinedStore
{
    private string Connection => $"Data Source={this["models.db"]};Pooling=false";

    public override void Use(ModelSettings settings) => (settings.Provider, settings.ConnectionString) = ("sqlite", Connection);

    public override async Task ExecuteAsync(string sql)
    {
        await using var connection = new SqliteConnection(Connection);
        await connection.OpenAsync();
        await using var command = new SqliteCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}

/// <summary>A fresh database on the server that REALTIME_TEST_POSTGRES names; without one, the test is skipped.</summary>
public sealed class DefinedOnPostgres : DefinedStore
{
    private readonly string _server;
    private readonly NpgsqlConnectionStringBuilder _own;

    public DefinedOnPostgres()
    {
        _server = Environment.GetEnvironmentVariable("REALTIME_TEST_POSTGRES") ?? string.Empty;
        Requires.That(_server.Length > 0, "REALTIME_TEST_POSTGRES names no PostgreSQL server.");
        _own = new NpgsqlConnectionStringBuilder(_server) { Database = $"defined_{Guid.NewGuid():n}", MaxPoolSize = 20 };
    }

    public override void Use(ModelSettings settings) => (settings.Provider, settings.ConnectionString) = ("postgres", _own.ConnectionString);

    public override Task ExecuteAsync(string sql) => ExecuteAsync(_own.ConnectionString, sql);

    protected override void DropDatabase()
    {
        using (var pool = new NpgsqlConnection(_own.ConnectionString))
            NpgsqlConnection.ClearPool(pool);
        ExecuteAsync(_server, $"DROP DATABASE IF EXISTS \"{_own.Database}\" WITH (FORCE)").GetAwaiter().GetResult();
    }

    private static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
