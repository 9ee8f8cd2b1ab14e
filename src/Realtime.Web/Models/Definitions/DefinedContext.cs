using Microsoft.EntityFrameworkCore;

namespace Realtime.Web.Models.Definitions;

/// <summary>The EF Core context of the defined models. Its entity types are the classes that were made of the definitions.</summary>
internal sealed class DefinedContext : DbContext
{
    private readonly TimeProvider _time;

    public DefinedContext(DbContextOptions<DefinedContext> options, DefinedModels models, TimeProvider time)
        : base(options) =>
        (Models, _time) = (models, time);

    public DefinedModels Models { get; }

    /// <inheritdoc/>
    public override int SaveChanges(bool acceptAllChangesOnSuccess)
    {
        Timestamps.Set(this, _time.GetUtcNow());
        return base.SaveChanges(acceptAllChangesOnSuccess);
    }

    /// <inheritdoc/>
    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        Timestamps.Set(this, _time.GetUtcNow());
        return base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder) => new DefinedEntities(Models, Database.IsNpgsql()).Build(modelBuilder);
}
