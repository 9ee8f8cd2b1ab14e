using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Realtime.Web.Models;

namespace Realtime.Web.Tests.Models;

/// <summary>The models of the contract's examples (G-4), and some with what EF Core has besides.</summary>
public sealed class Library(DbContextOptions<Library> options) : DbContext(options)
{
    public DbSet<User> Users => Set<User>();

    public DbSet<Album> Albums => Set<Album>();

    public DbSet<Track> Tracks => Set<Track>();

    public DbSet<Artist> Artists => Set<Artist>();

    public DbSet<Label> Labels => Set<Label>();

    public DbSet<Seat> Seats => Set<Seat>();

    public DbSet<Gadget> Gadgets => Set<Gadget>();

    public DbSet<Parcel> Parcels => Set<Parcel>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<User>().HasIndex(user => user.Email).IsUnique();
        modelBuilder.Entity<Album>(album =>
        {
            album.HasOne(a => a.Label).WithMany(l => l.Albums).HasForeignKey(a => a.LabelId).OnDelete(DeleteBehavior.SetNull);
            album.HasMany(a => a.Tracks).WithOne(t => t.Album).OnDelete(DeleteBehavior.SetNull);
            album.HasMany(a => a.Artists).WithMany(a => a.Albums);
            album.HasOne(a => a.Cover).WithOne(c => c.Album).HasForeignKey<Cover>("AlbumId").OnDelete(DeleteBehavior.SetNull);
        });
        modelBuilder.Entity<Seat>(seat =>
        {
            seat.HasKey(s => new { s.Row, s.Number });
            seat.HasMany(s => s.Bookings).WithOne(b => b.Seat).HasForeignKey("SeatRow", "SeatNumber");
        });
        modelBuilder.Entity<Gadget>(gadget =>
        {
            gadget.OwnsOne(g => g.Maker, maker => maker.ToJson());
            gadget.Property(g => g.Version).IsConcurrencyToken();
        });
        modelBuilder.Entity<Parcel>(parcel =>
        {
            parcel.OwnsOne(p => p.From, address => address.OwnsOne(a => a.Contact, contact => contact.OwnsMany(c => c.Calls, call => call.ToTable("CallsFrom").HasKey(c => c.At))));
            parcel.OwnsOne(p => p.To, address => address.OwnsOne(a => a.Contact, contact => contact.OwnsMany(c => c.Calls, call => call.ToTable("CallsTo").HasKey(c => c.At))));
            parcel.OwnsMany(p => p.Stops, stop => stop.ToJson());
            parcel.ComplexProperty(p => p.Size, size => size.ComplexProperty(s => s.Weight));
        });
    }
}

public sealed class User
{
    public int Id { get; set; }

    [MaxLength(40)]
    public required string Name { get; set; }

    [EmailAddress]
    public string? Email { get; set; }

    [Range(0, 150)]
    public int? Age { get; set; }

    [Hidden]
    public string? Password { get; set; }

    [JsonIgnore]
    public bool IsAdmin { get; set; }
}

public sealed class Album
{
    public int Id { get; set; }
    public string? Title { get; set; }
    public int? LabelId { get; set; }
    public Label? Label { get; set; }
    public List<Track> Tracks { get; set; } = [];
    public List<Artist> Artists { get; set; } = [];
    public Cover? Cover { get; set; }
}

public sealed class Track
{
    public int Id { get; set; }
    public string? Name { get; set; }
    public Album? Album { get; set; }
}

public sealed class Artist
{
    public Guid Id { get; set; }
    public string? Name { get; set; }
    public List<Album> Albums { get; set; } = [];
}

public sealed class Label
{
    public int Id { get; set; }
    public string? Name { get; set; }
    public List<Album> Albums { get; set; } = [];
}

public sealed class Cover
{
    public int Id { get; set; }
    public string? Motif { get; set; }
    public Album? Album { get; set; }
}

public sealed class Seat
{
    public required string Row { get; set; }
    public int Number { get; set; }
    public string? Colour { get; set; }
    public List<Booking> Bookings { get; set; } = [];
}

public sealed class Booking
{
    public int Id { get; set; }
    public Seat? Seat { get; set; }
}

public enum Power { Mains, Battery, WindUp }

public sealed class Gadget
{
    public Guid Id { get; set; }
    public Power Power { get; set; }
    public DateOnly? MadeOn { get; set; }
    public DateTime? SoldAt { get; set; }
    public decimal Price { get; set; }
    public List<string> Colours { get; set; } = [];
    public Maker? Maker { get; set; }
    public int Version { get; set; }
}

public sealed class Maker
{
    public string? Name { get; set; }
    public string? Town { get; set; }

    [Hidden]
    public string? Secret { get; set; }
}

/// <summary>A record with objects in it, of all the kinds that EF Core has.</summary>
public sealed class Parcel
{
    public int Id { get; set; }
    public Address? From { get; set; }
    public Address? To { get; set; }
    public List<Stop> Stops { get; set; } = [];
    public Size Size { get; set; } = new();
}

public sealed class Address
{
    public string? Street { get; set; }
    public string Town { get; set; } = string.Empty;
    public Contact? Contact { get; set; }
}

public sealed class Contact
{
    public string? Name { get; set; }

    [JsonPropertyName("tel")]
    public string? Phone { get; set; }

    public List<Call> Calls { get; set; } = [];
}

public sealed class Call
{
    public string At { get; set; } = string.Empty;
}

public sealed class Stop
{
    public string? Town { get; set; }
    public string? Remark { get; set; }
}

public sealed class Size
{
    public int Width { get; set; }
    public Weight Weight { get; set; } = new();
}

public sealed class Weight
{
    public int Grams { get; set; }
    public int Declared { get; set; }
}
