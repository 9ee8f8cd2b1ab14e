using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Npgsql;
using Realtime.Testing;

namespace Realtime.Web.Tests.Models;

/// <summary>A database of its own for one test.</summary>
public abstract class LibraryStore : IDisposable
{
    public abstract void Use(DbContextOptionsBuilder context);

    public abstract void Dispose();
}

/// <summary>A file, as applications have it.</summary>
public class SqliteLibrary : LibraryStore
{
    private readonly TempFolder _folder = new();

    public override void Use(DbContextOptionsBuilder context) => context.UseSqlite($"Data Source={_folder["library.db"]};Pooling=false");

    public override void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }
}

/// <summary>Each context has an EF Core model of its own, as where tenants differ, or where EF Core's cache of models is full.</summary>
public sealed class ManyModelsLibrary : SqliteLibrary
{
    public override void Use(DbContextOptionsBuilder context)
    {
        base.Use(context);
        context.ReplaceService<IModelCacheKeyFactory, OnePerContext>();
    }

    private sealed class OnePerContext : IModelCacheKeyFactory
    {
        public object Create(DbContext context, bool designTime) => (context, designTime);
    }
}

/// <summary>A fresh database on the server that REALTIME_TEST_POSTGRES names; without one, the test is skipped.</summary>
public sealed class PostgresLibrary : LibraryStore
{
    private readonly string _connection;

    public PostgresLibrary()
    {
        var server = Environment.GetEnvironmentVariable("REALTIME_TEST_POSTGRES");
        Requires.That(!string.IsNullOrEmpty(server), "REALTIME_TEST_POSTGRES names no PostgreSQL server.");
        _connection = new NpgsqlConnectionStringBuilder(server) { Database = $"library_{Guid.NewGuid():n}", MaxPoolSize = 20 }.ConnectionString;
    }

    public override void Use(DbContextOptionsBuilder context) => context.UseNpgsql(_connection);

    public override void Dispose()
    {
        var builder = new DbContextOptionsBuilder<Library>();
        Use(builder);
        using var context = new Library(builder.Options);
        NpgsqlConnection.ClearPool((NpgsqlConnection)context.Database.GetDbConnection());
        context.Database.EnsureDeleted();
    }
}
