using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.EntityFrameworkCore;
using Realtime.Actors;
using Realtime.Web.Blueprints.Criteria;

namespace Realtime.Web.Tests.Blueprints.Criteria;

public sealed class FuzzOnSqliteSpec(SqliteStore store) : FuzzSpec(store), IClassFixture<SqliteStore>;

public sealed class FuzzOnPostgresSpec(PostgresStore store) : FuzzSpec(store), IClassFixture<PostgresStore>;

/// <summary>Anything at all as parameters: it is refused with status 400, or the datastore answers. No third thing.</summary>
public abstract class FuzzSpec(CatalogStore store) : CatalogSpec(store)
{
    private static readonly string[] Words =
    [
        "where", "limit", "skip", "sort", "select", "omit", "populate", "and", "or", "not", "!", "!=", "<", ">=", "lessThan", "in", "nin", "contains",
        "startsWith", "endsWith", "like", "id", "title", "subtitle", "year", "plays", "sides", "price", "rating", "loudness", "isLive", "isRemastered", "shelf",
        "sku", "genre", "mood", "media", "recordedAt", "announcedAt", "releasedOn", "shownAt", "length", "cover", "tags", "sleeve", "secret", "barcode",
        "label", "labelId", "tracks", "artists", "ticket", "Id", "Title", "catalogue-number", "", "no.such", "ASC",
    ];

    private static readonly string[] Literals =
    [
        "null", "true", "false", "0", "1", "-1", "7.5", "1e2", "1e308", "1e999", "9223372036854775807", "18446744073709551616", "-0.0", "123456789.123456789123456789",
        "\"\"", "\"7\"", "\"true\"", "\"Rock\"", "\"%\"", "\"\\\\\"", "\"a'b\"", "\"\\u0000\"", "\"\\ud83d\"", "\"2000-01-01\"", "\"2000-01-01T00:00:00+14:00\"",
        "\"12:00\"", "\"00000001-0002-0003-0405-060708090a0b\"", "\"title DESC\"", "\"title,year\"", "\"false\"", "\"{\\\"year\\\":1}\"", "\"[]\"", "\"year -1\"", "\"NaN\"",
    ];

    private static readonly string[] Parameters = ["where", "where", "where", "limit", "skip", "sort", "sort", "select", "omit", "populate", "title", "year"];

    private static readonly Gen<string> Requests = Gen.Choose(1, 3).SelectMany(count => Member(Gen.Elements(Parameters), 4).ArrayOf(count))
        .Select(members => $"{{{string.Join(',', members)}}}");

    [SkippableFact]
    public void Anything_is_refused_or_answered()
    {
        var (answered, refused) = (0, 0);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2_000), Prop.ForAll(Requests.ToArbitrary(), request =>
        {
            try
            {
                Read(Body(request)).Apply(Catalog.Albums.AsNoTracking()).Select(album => album.Id).Load();
                answered++;
            }
            catch (RealtimeException refusal)
            {
                Assert.Contains(refusal.Code, (string[])[CriteriaCodes.InvalidCriteria, CriteriaCodes.InvalidPopulates]);
                refused++;
            }
        }));
        Assert.True(answered > 50 && refused > 50, $"{answered} requests were answered and {refused} refused: too few of one kind to mean something.");
    }

    private static Gen<string> Member(Gen<string> name, int depth) =>
        name.SelectMany(n => Value(depth).Select(value => $"{JsonSerializer.Serialize(n)}:{value}"));

    private static Gen<string> Value(int depth)
    {
        var literal = Gen.OneOf(Gen.Elements(Literals), Gen.Elements(Words).Select(word => JsonSerializer.Serialize(word)));
        if (depth == 0)
            return literal;
        var count = Gen.Elements(0, 1, 1, 1, 2, 3);
        return Gen.Frequency(
            (3, literal),
            (2, count.SelectMany(n => Value(depth - 1).ArrayOf(n)).Select(items => $"[{string.Join(',', items)}]")),
            (4, count.SelectMany(n => Member(Gen.Elements(Words), depth - 1).ArrayOf(n)).Select(members => $"{{{string.Join(',', members)}}}")));
    }
}
