using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace Realtime.Web.Tests.Blueprints.Criteria;

/// <summary>An album with what its class does not have, and its attributes in the plain form that <see cref="Oracle"/> compares.</summary>
public sealed record Row(Album Album, string? Barcode, int? LabelId)
{
    /// <summary>The value of an attribute: a decimal, a bool, a string, or null.</summary>
    public object? this[string attribute] => attribute switch
    {
        "id" => (decimal)Album.Id,
        "title" => Album.Title,
        "subtitle" => Album.Subtitle,
        "barcode" => Barcode,
        "year" => (decimal)Album.Year,
        "plays" => (decimal?)Album.Plays,
        "sides" => (decimal)Album.Sides,
        "price" => Album.Price,
        "rating" => (decimal?)Album.Rating,
        "loudness" => (decimal)Album.Loudness,
        "label" => (decimal?)LabelId,
        "isLive" => Album.IsLive,
        "isRemastered" => Album.IsRemastered,
        "sku" => Album.Sku.ToString(),
        "genre" => Album.Genre.ToString(),
        "mood" => Album.Mood?.ToString(),
        "recordedAt" => Album.RecordedAt.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        "releasedOn" => Album.ReleasedOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        "shownAt" => Album.ShownAt?.ToString("HH:mm:ss", CultureInfo.InvariantCulture),
        _ => throw new ArgumentException(attribute, nameof(attribute)),
    };

    /// <summary>The value that an attribute sorts by: an enum sorts as it is stored.</summary>
    public object? SortValue(string attribute) => attribute == "genre" ? (decimal)Album.Genre : this[attribute];

    public static List<Row> AllOf(Catalog catalog) => [.. catalog.Albums.AsNoTracking()
        .Select(album => new Row(album, EF.Property<string?>(album, nameof(Barcode)), EF.Property<int?>(album, nameof(LabelId))))];

    public void AddTo(Catalog catalog)
    {
        var entry = catalog.Add(Album);
        entry.Property(nameof(Barcode)).CurrentValue = Barcode;
        entry.Property(nameof(LabelId)).CurrentValue = LabelId;
    }
}
