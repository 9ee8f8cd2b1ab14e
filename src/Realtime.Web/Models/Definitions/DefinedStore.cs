using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Realtime.Web.Models.Definitions;

/// <summary>Where the records of defined models are.</summary>
internal static class DefinedStore
{
    public const string FileName = "models.db";

    public static void Use(DbContextOptionsBuilder context, RealtimeOptions options)
    {
        var provider = options.Models.Provider ?? options.Persistence.Provider;
        if (provider == "postgres")
            context.UseNpgsql(options.Models.ConnectionString ?? options.Persistence.ConnectionString);
        else
            context.UseSqlite(options.Models.ConnectionString ?? FileIn(options.Data));
    }

    private static string FileIn(string data)
    {
        var folder = Directory.CreateDirectory(data);
        return new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder.FullName, FileName) }.ToString();
    }
}
