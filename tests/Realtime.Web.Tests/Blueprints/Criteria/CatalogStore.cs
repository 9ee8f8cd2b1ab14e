using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Realtime.Web.Tests.Blueprints.Criteria;

/// <summary>A datastore with a catalog in it, for the specs of one class; gone when they are through.</summary>
public abstract class CatalogStore : IDisposable
{
    private DbContextOptions<Catalog>? _options;

    /// <summary>Why the store is not there, or null.</summary>
    public virtual string? Missing => null;

    /// <summary>Whether the store ignores the case of ASCII letters in LIKE.</summary>
    public abstract bool IgnoresCaseInLike { get; }

    /// <summary>Whether records without a value come first when sorted upwards.</summary>
    public abstract bool SortsNullFirst { get; }

    public Catalog Open()
    {
        if (_options is null)
        {
            _options = Configured(new DbContextOptionsBuilder<Catalog>()).Options;
            using var first = new Catalog(_options);
            first.Database.EnsureCreated();
            Records.AddTo(first);
            first.SaveChanges();
        }
        return new Catalog(_options);
    }

    public virtual void Dispose() => GC.SuppressFinalize(this);

    protected abstract DbContextOptionsBuilder<Catalog> Configured(DbContextOptionsBuilder<Catalog> builder);
}

public sealed class SqliteStore : CatalogStore
{
    private readonly SqliteConnection _connection = new("Data Source=:memory:");

    public override bool IgnoresCaseInLike => true;

    public override bool SortsNullFirst => true;

    public override void Dispose()
    {
        _connection.Dispose();
        base.Dispose();
    }

    protected override DbContextOptionsBuilder<Catalog> Configured(DbContextOptionsBuilder<Catalog> builder)
    {
        _connection.Open();
        return builder.UseSqlite(_connection);
    }
}

public sealed class PostgresStore : CatalogStore
{
    private readonly string? _server = Environment.GetEnvironmentVariable("REALTIME_TEST_POSTGRES");
    private string? _connectionString;

    public override string? Missing => string.IsNullOrEmpty(_server) ? "REALTIME_TEST_POSTGRES names no PostgreSQL server." : null;

    public override bool IgnoresCaseInLike => false;

    public override bool SortsNullFirst => false;

    public override void Dispose()
    {
        if (_connectionString is not null)
        {
            using var context = Open();
            context.Database.EnsureDeleted();
            NpgsqlConnection.ClearPool(new NpgsqlConnection(_connectionString));
        }
        base.Dispose();
    }

    protected override DbContextOptionsBuilder<Catalog> Configured(DbContextOptionsBuilder<Catalog> builder)
    {
        _connectionString = new NpgsqlConnectionStringBuilder(_server) { Database = $"catalog_{Guid.NewGuid():n}" }.ConnectionString;
        return builder.UseNpgsql(_connectionString);
    }
}
