using Microsoft.EntityFrameworkCore;

namespace Embedded;

/// <summary>An ordinary EF Core context.</summary>
internal sealed class Shop(DbContextOptions<Shop> options) : DbContext(options)
{
    public DbSet<Order> Orders => Set<Order>();
}

/// <summary>An ordinary entity.</summary>
internal sealed class Order
{
    public int Id { get; set; }

    public string Product { get; set; } = string.Empty;
}
