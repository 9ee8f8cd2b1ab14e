using Npgsql;
using Xunit;

namespace Realtime.Testing;

/// <summary>
/// A fresh PostgreSQL database for each test class that has this as its fixture, on the server that REALTIME_TEST_POSTGRES
/// names (<c>./test</c> starts one). Without a server the tests that ask for the connection string are skipped.
/// </summary>
public sealed class Postgres : IAsyncLifetime
{
    private const string Variable = "REALTIME_TEST_POSTGRES";
    private static readonly string? Server = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } text ? text : null;

    private readonly string _database = $"realtime_test_{Guid.NewGuid():n}";

    /// <summary>Leads to the database. Skips the test if there is no server.</summary>
    public string ConnectionString
    {
        get
        {
            Requires.That(Server is not null,
                $"No PostgreSQL: install it and run ./test, or set {Variable} to the connection string of a user who may create databases.");
            return new NpgsqlConnectionStringBuilder(Server) { Database = _database }.ConnectionString;
        }
    }

    /// <inheritdoc/>
    public Task InitializeAsync() => OnServerAsync($"CREATE DATABASE {_database}");

    /// <inheritdoc/>
    public Task DisposeAsync() => OnServerAsync($"DROP DATABASE {_database} WITH (FORCE)");

    private static async Task OnServerAsync(string statement)
    {
        if (Server is null)
            return;
        await using var source = NpgsqlDataSource.Create(Server);
        await using var command = source.CreateCommand(statement);
        await command.ExecuteNonQueryAsync();
    }
}
