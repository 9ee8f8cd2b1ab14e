using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;

namespace Realtime.Web.Tests.Blueprints.Criteria;

public enum Genre { Rock = 1, Jazz = 2, Electronic = 5 }

[Flags]
public enum Media { None = 0, Vinyl = 1, Disc = 2, Tape = 4 }

public readonly record struct TicketId(Guid Value);

/// <summary>A record with an attribute of every type that criteria can be about, and of some that they cannot.</summary>
public sealed class Album
{
    public int Id { get; set; }
    public required string Title { get; set; }
    public string? Subtitle { get; set; }
    public int Year { get; set; }
    public long? Plays { get; set; }
    public byte Sides { get; set; }
    public decimal Price { get; set; }
    public double? Rating { get; set; }
    public float Loudness { get; set; }
    public bool IsLive { get; set; }
    public bool? IsRemastered { get; set; }
    public char? Shelf { get; set; }
    public Guid Sku { get; set; }
    public Genre Genre { get; set; }
    public Genre? Mood { get; set; }
    public Media Media { get; set; }
    public DateTime RecordedAt { get; set; }
    public DateTimeOffset? AnnouncedAt { get; set; }
    public DateOnly? ReleasedOn { get; set; }
    public TimeOnly? ShownAt { get; set; }
    public TimeSpan Length { get; set; }
    public byte[]? Cover { get; set; }
    public List<string> Tags { get; set; } = [];
    public Sleeve? Sleeve { get; set; }
    public Format Format { get; set; } = new();
    public string? Extra { get; set; }
    public ulong Serial { get; set; }
    public DateTime TouredAt { get; set; }
    public DateTime MasteredOn { get; set; }
    public DateTimeOffset ArchivedAt { get; set; }

    [JsonIgnore]
    public string? Secret { get; set; }

    [JsonPropertyName("catalogue-number")]
    public string? CatalogueNumber { get; set; }

    public Label? Label { get; set; }
    public List<Track> Tracks { get; set; } = [];
    public List<Artist> Artists { get; set; } = [];
    public Ticket? Ticket { get; set; }
}

public sealed class Sleeve
{
    public string? Colour { get; set; }
}

public sealed class Format
{
    public int Inches { get; set; }
}

public sealed class Label
{
    public int Id { get; set; }
    public string? Name { get; set; }
    public List<Album> Albums { get; set; } = [];
}

public sealed class Track
{
    public int AlbumId { get; set; }
    public int Number { get; set; }
    public string? Title { get; set; }
    public Album? Album { get; set; }
}

public class Artist
{
    public Guid Id { get; set; }
    public string? Name { get; set; }
    public List<Album> Albums { get; set; } = [];
}

public sealed class Band : Artist
{
    public int? Size { get; set; }
}

public sealed class Ticket
{
    public TicketId Id { get; set; }
    public int? AlbumId { get; set; }
    public Album? Album { get; set; }
    public Uri? Page { get; set; }
}

/// <summary>A model of records: enough of EF Core's features that a translator could trip over.</summary>
public sealed class Catalog(DbContextOptions<Catalog> options) : DbContext(options)
{
    /// <summary>The name of the model that has no class: its records are dictionaries.</summary>
    public const string Pet = "pet";

    public DbSet<Album> Albums => Set<Album>();

    public DbSet<Dictionary<string, object>> Pets => Set<Dictionary<string, object>>(Pet);

    // The order of texts is the server's choice: the specs choose one for all servers.
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        if (Database.IsNpgsql())
            configurationBuilder.Properties<string>().UseCollation("C");
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Album>(album =>
        {
            album.Property(a => a.Id).ValueGeneratedNever();
            album.Property(a => a.Mood).HasConversion<string>();
            album.Property(a => a.ArchivedAt).HasConversion(at => at.UtcTicks, ticks => new DateTimeOffset(ticks, TimeSpan.Zero));
            album.Property(a => a.Extra).HasColumnType("jsonb").UseCollation(null);
            album.Property(a => a.TouredAt).HasColumnType(Database.IsNpgsql() ? "timestamp without time zone" : null);
            album.Property(a => a.MasteredOn).HasColumnType(Database.IsNpgsql() ? "date" : null);
            album.ComplexProperty(a => a.Format);
            album.Property<string>("Barcode").IsRequired(false);        // in no class
            album.Property<int?>("LabelId");
            album.OwnsOne(a => a.Sleeve, sleeve => sleeve.ToJson());
            album.HasOne(a => a.Label).WithMany(l => l.Albums).HasForeignKey("LabelId");
            album.HasMany(a => a.Artists).WithMany(a => a.Albums);
        });
        modelBuilder.Entity<Band>();
        modelBuilder.Entity<Track>().HasKey(track => new { track.AlbumId, track.Number });
        modelBuilder.Entity<Ticket>(ticket =>
        {
            ticket.Property(t => t.Id).HasConversion(id => id.Value, value => new TicketId(value));
            ticket.Property(t => t.Page).HasConversion<string>();
            ticket.HasOne(t => t.Album).WithOne(a => a.Ticket).HasForeignKey<Ticket>(t => t.AlbumId);
        });
        modelBuilder.SharedTypeEntity<Dictionary<string, object>>(Pet, pet =>
        {
            pet.IndexerProperty<int>("Id").ValueGeneratedNever();
            pet.IndexerProperty<string>("Name").IsRequired();
            pet.IndexerProperty<int?>("Age");
            pet.IndexerProperty<bool>("IsTame");
        });
    }
}
