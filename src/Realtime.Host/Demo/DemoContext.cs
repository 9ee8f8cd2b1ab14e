using Microsoft.EntityFrameworkCore;

namespace Realtime.Host.Demo;

/// <summary>The models of the demo.</summary>
public sealed class DemoContext(DbContextOptions<DemoContext> options) : DbContext(options)
{
    public DbSet<User> Users => Set<User>();

    public DbSet<Pet> Pets => Set<Pet>();
}
