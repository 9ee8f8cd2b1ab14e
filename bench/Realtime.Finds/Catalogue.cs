using Microsoft.EntityFrameworkCore;

namespace Realtime.Finds;

/// <summary>An ordinary context.</summary>
internal sealed class Catalogue(DbContextOptions<Catalogue> options) : DbContext(options)
{
    public DbSet<Product> Products => Set<Product>();
}

internal sealed class Product
{
    public int Id { get; set; }

    public required string Name { get; set; }
}
