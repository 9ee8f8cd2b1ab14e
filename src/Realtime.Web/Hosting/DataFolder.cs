using Microsoft.Data.Sqlite;

namespace Realtime.Web.Hosting;

/// <summary>The folder of the embedded database.</summary>
internal static class DataFolder
{
    private const string FileName = "realtime.db";

    public static string ConnectionString(RealtimeOptions options) =>
        options.Persistence.ConnectionString is { Length: > 0 } given
            ? given
            : new SqliteConnectionStringBuilder { DataSource = Path.GetFullPath(Path.Combine(options.Data, FileName)) }.ToString();

    /// <summary>Makes the folder, and the database with a write-ahead log: readers and the writer do not wait for each other.</summary>
    public static void Prepare(RealtimeOptions options)
    {
        Directory.CreateDirectory(options.Data);
        if (options.Persistence.Provider != "sqlite")
            return;
        using var connection = new SqliteConnection(ConnectionString(options));
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode = WAL";
        command.ExecuteNonQuery();
    }
}
