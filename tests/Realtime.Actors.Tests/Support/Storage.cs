using Akka.Configuration;
using Akka.Persistence.Sql;
using Microsoft.Data.Sqlite;

namespace Realtime.Actors.Tests.Support;

/// <summary>The storage that is used in earnest.</summary>
internal static class Storage
{
    /// <summary>With a write-ahead log, as the service makes it.</summary>
    public static Config Sqlite(string connection)
    {
        using var file = new SqliteConnection(connection);
        file.Open();
        using var command = file.CreateCommand();
        command.CommandText = "PRAGMA journal_mode = WAL";
        command.ExecuteNonQuery();
        return Of("sqlite", connection);
    }

    public static Config Postgres(string connection) => Of("postgres", connection);

    private static Config Of(string provider, string connection) => ConfigurationFactory.ParseString($"""
        akka.persistence.journal.sql.connection-string = "{connection}"
        akka.persistence.snapshot-store.sql.connection-string = "{connection}"
        """).WithFallback(Hocon.Read(provider)).WithFallback(Hocon.Read("reference")).WithFallback(SqlPersistence.DefaultConfiguration);
}
