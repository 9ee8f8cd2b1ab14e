namespace Realtime.Web.Tests.Blueprints.Criteria;

/// <summary>What is in the catalog.</summary>
public static class Records
{
    public static void AddTo(Catalog catalog)
    {
        var label = new Label { Id = 1, Name = "Blue" };
        var other = new Label { Id = 2, Name = "Red" };
        catalog.AddRange(label, other);
        var first = new Album
        {
            Id = 1, Title = "Aurora", Subtitle = "100% pure_gold", Year = 1999, Plays = 5_000_000_000, Sides = 2, Price = 9.5m, Rating = 4.5,
            Loudness = 0.25f, IsLive = true, IsRemastered = true, Shelf = 'A', Sku = SkuOf(1), Genre = Genre.Rock, Mood = Genre.Jazz,
            Media = Media.Vinyl | Media.Tape, RecordedAt = Utc(1999, 5, 4), AnnouncedAt = new DateTimeOffset(1999, 5, 4, 12, 0, 0, TimeSpan.Zero),
            ReleasedOn = new DateOnly(1999, 12, 31), ShownAt = new TimeOnly(20, 15), Length = TimeSpan.FromMinutes(42), Tags = ["a"],
            Sleeve = new Sleeve { Colour = "blue" }, Secret = "hush", CatalogueNumber = "C-1", Cover = [1, 2], Label = label,
            Format = new Format { Inches = 12 }, Extra = "{\"a\":1}", Serial = 7, TouredAt = new DateTime(2000, 1, 2, 3, 4, 5), MasteredOn = new DateTime(1999, 4, 1),
            ArchivedAt = new DateTimeOffset(2001, 1, 1, 0, 0, 0, TimeSpan.Zero),
        };
        catalog.Albums.AddRange(
            first,
            new Album
            {
                Id = 2, Title = "aurora borealis", Subtitle = null, Year = 2005, Plays = null, Sides = 1, Price = 20m, Rating = null, IsLive = false,
                Sku = SkuOf(2), Genre = Genre.Jazz, RecordedAt = Utc(2005, 1, 1), Label = other,
            },
            new Album
            {
                Id = 3, Title = @"C:\Temp\50%", Subtitle = "", Year = 2005, Plays = 7, Sides = 2, Price = 0.1m, Rating = -1, IsLive = false,
                IsRemastered = false, Shelf = 'é', Sku = SkuOf(3), Genre = Genre.Electronic, Mood = Genre.Rock, Media = Media.Disc,
                RecordedAt = Utc(2004, 12, 31, 23, 59), AnnouncedAt = DateTimeOffset.UnixEpoch, ReleasedOn = new DateOnly(2005, 1, 1),
            });
        catalog.Entry(first).Property("Barcode").CurrentValue = "4006381333931";
        catalog.AddRange(new Track { AlbumId = 1, Number = 1, Title = "Dawn" }, new Track { AlbumId = 1, Number = 2, Title = "Dusk" },
            new Track { AlbumId = 2, Number = 1, Title = "Dawn" });
        catalog.Add(new Ticket { Id = new TicketId(SkuOf(9)), AlbumId = 1, Page = new Uri("https://example.org/1") });
        catalog.Add(new Artist { Id = SkuOf(21), Name = "Solo" });
        catalog.Add(new Band { Id = SkuOf(22), Name = "Trio", Size = 3 });
        catalog.Add(new Band { Id = SkuOf(23), Name = "Crowd" });
        catalog.Pets.AddRange(
            new Dictionary<string, object> { ["Id"] = 1, ["Name"] = "Rex", ["Age"] = 3, ["IsTame"] = true },
            new Dictionary<string, object> { ["Id"] = 2, ["Name"] = "Tom", ["IsTame"] = false });
    }

    public static Guid SkuOf(int number) => new(number, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);

    private static DateTime Utc(int year, int month, int day, int hour = 0, int minute = 0) => new(year, month, day, hour, minute, 0, DateTimeKind.Utc);
}
