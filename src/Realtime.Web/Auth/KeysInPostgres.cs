using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Npgsql;

namespace Realtime.Web.Auth;

/// <summary>The keys that resume tokens are signed with, in the table <c>realtime_keys</c> of the database that all nodes share.</summary>
internal sealed class KeysInPostgres(string connectionString) : IXmlRepository
{
    // Any two numbers that nobody else takes: PostgreSQL's locks by number have no names.
    private const long TableLock = 0x7265616c6b657901;
    private const long TurnLock = 0x7265616c6b657902;

    // Two nodes that create a table at the same time fail in spite of IF NOT EXISTS.
    private static readonly string Table = $"""
        SELECT pg_advisory_xact_lock({TableLock});
        CREATE TABLE IF NOT EXISTS realtime_keys (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text, xml text NOT NULL);
        """;

    private volatile bool _isPrepared;

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var connection = Open();
        using var select = new NpgsqlCommand("SELECT xml FROM realtime_keys ORDER BY id", connection);
        using var reader = select.ExecuteReader();
        var elements = new List<XElement>();
        while (reader.Read())
            elements.Add(XElement.Parse(reader.GetString(0)));
        return elements;
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var connection = Open();
        using var insert = new NpgsqlCommand("INSERT INTO realtime_keys (name, xml) VALUES ($1, $2)", connection);
        insert.Parameters.Add(new() { Value = friendlyName });
        insert.Parameters.Add(new() { Value = element.ToString(SaveOptions.DisableFormatting) });
        insert.ExecuteNonQuery();
    }

    /// <summary>Waits until no other node has its turn; it lasts until it is disposed of, or the connection breaks.</summary>
    public async Task<IAsyncDisposable> TakeTurnAsync(CancellationToken cancellation)
    {
        var connection = new NpgsqlConnection(connectionString);
        try
        {
            await connection.OpenAsync(cancellation);
            // It ends with the connection, which rolls it back, and the lock ends with it.
            var transaction = await connection.BeginTransactionAsync(cancellation);
            await using var take = new NpgsqlCommand($"SELECT pg_advisory_xact_lock({TurnLock})", connection, transaction);
            await take.ExecuteNonQueryAsync(cancellation);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private NpgsqlConnection Open()
    {
        var connection = new NpgsqlConnection(connectionString);
        try
        {
            connection.Open();
            if (!_isPrepared)
            {
                using var prepare = new NpgsqlCommand(Table, connection);
                prepare.ExecuteNonQuery();
                _isPrepared = true;
            }
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
