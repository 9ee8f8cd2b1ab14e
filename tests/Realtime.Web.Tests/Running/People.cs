using Microsoft.EntityFrameworkCore;

namespace Realtime.Web.Tests.Running;

/// <summary>An ordinary context.</summary>
public sealed class People(DbContextOptions<People> options) : DbContext(options)
{
    public DbSet<User> Users => Set<User>();
}

public sealed class User
{
    public int Id { get; set; }

    public string Name { get; set; } = string.Empty;
}
