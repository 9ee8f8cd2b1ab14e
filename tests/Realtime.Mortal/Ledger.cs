using Microsoft.EntityFrameworkCore;

namespace Realtime.Mortal;

/// <summary>An account whose every change is an entry of its own.</summary>
internal sealed class Ledger(DbContextOptions<Ledger> options) : DbContext(options)
{
    public DbSet<Account> Accounts => Set<Account>();

    public DbSet<Entry> Entries => Set<Entry>();
}

internal sealed class Account
{
    public int Id { get; set; }

    public int Balance { get; set; }
}

internal sealed class Entry
{
    public int Id { get; set; }
}
