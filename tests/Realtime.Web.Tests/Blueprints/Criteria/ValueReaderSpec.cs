using System.Globalization;
using System.Text.RegularExpressions;

namespace Realtime.Web.Tests.Blueprints.Criteria;

public sealed class ValueReaderOnSqliteSpec(SqliteStore store) : ValueReaderSpec(store), IClassFixture<SqliteStore>;

public sealed class ValueReaderOnPostgresSpec(PostgresStore store) : ValueReaderSpec(store), IClassFixture<PostgresStore>;

// B-21: values are lightly coerced to the type of the attribute
public abstract class ValueReaderSpec(CatalogStore store) : CatalogSpec(store)
{
    [SkippableTheory]
    [InlineData("year", "1999"), InlineData("year", "\"1999\""), InlineData("year", "1999.0"), InlineData("year", "1.999e3")]
    [InlineData("plays", "5000000000"), InlineData("plays", "\"5000000000\"")]
    [InlineData("isLive", "true"), InlineData("isLive", "\"true\""), InlineData("isLive", "1"), InlineData("isLive", "\"1\"")]
    [InlineData("isRemastered", "true")]
    [InlineData("price", "9.5"), InlineData("price", "9.50"), InlineData("price", "\"9.5\"")]
    [InlineData("rating", "4.5"), InlineData("rating", "\"4.5\""), InlineData("rating", "\"45e-1\"")]
    [InlineData("loudness", "0.25"), InlineData("loudness", "\"0.25\"")]
    [InlineData("barcode", "4006381333931"), InlineData("barcode", "\"4006381333931\"")]
    [InlineData("shelf", "\"A\"")]
    [InlineData("sku", "\"00000001-0002-0003-0405-060708090A0B\""), InlineData("sku", "\"00000001000200030405060708090a0b\"")]
    [InlineData("genre", "\"Rock\""), InlineData("genre", "\"rock\""), InlineData("genre", "1"), InlineData("genre", "\"1\"")]
    [InlineData("mood", "\"Jazz\""), InlineData("mood", "2")]
    [InlineData("media", "5"), InlineData("media", "\"Vinyl, Tape\"")]
    [InlineData("recordedAt", "\"1999-05-04\""), InlineData("recordedAt", "\"1999-05-04T00:00:00\"")]
    [InlineData("recordedAt", "\"1999-05-04T00:00Z\""), InlineData("recordedAt", "\"1999-05-04T02:00:00.000+02:00\"")]
    [InlineData("recordedAt", "925776000000"), InlineData("recordedAt", "\"925776000000\"")]
    [InlineData("announcedAt", "\"1999-05-04T12:00:00Z\""), InlineData("announcedAt", "\"1999-05-04T12:00:00+00:00\"")]
    [InlineData("announcedAt", "925819200000")]
    [InlineData("releasedOn", "\"1999-12-31\"")]
    [InlineData("shownAt", "\"20:15\""), InlineData("shownAt", "\"20:15:00\"")]
    [InlineData("length", "\"00:42:00\""), InlineData("serial", "7"), InlineData("serial", "\"7\"")]
    [InlineData("touredAt", "\"2000-01-02T03:04:05\""), InlineData("touredAt", "\"2000-01-02T05:04:05+02:00\""), InlineData("touredAt", "946782245000")]
    [InlineData("masteredOn", "\"1999-04-01\""), InlineData("archivedAt", "\"2001-01-01T00:00:00Z\""), InlineData("archivedAt", "\"2001-01-01T02:00:00+02:00\"")]
    [InlineData("label", "1"), InlineData("label", "\"1\"")]
    public void A_value_is_read_as_the_type_of_its_attribute(string attribute, string value)
    {
        Assert.Equal([1], Where($$"""{"{{attribute}}":{{value}}}"""));
        Assert.Equal([1], Where($$"""{"{{attribute}}":[{{value}}]}"""));
        Assert.Equal([2, 3], Where($$$"""{"{{{attribute}}}":{"nin":[{{{value}}},{{{value}}}]}}"""));
    }

    [SkippableFact]
    public void A_number_is_the_text_that_JavaScript_makes_of_it() => Assert.Equal([1], Where("""{"barcode":4006381333931.0}"""));

    [SkippableTheory]
    [InlineData("""{"recordedAt":{"<":"2005-01-01"}}""", 1, 3)]
    [InlineData("""{"recordedAt":{">=":1104537600000}}""", 2)]
    [InlineData("""{"releasedOn":{">":"1999-12-31"}}""", 3)]
    [InlineData("""{"releasedOn":{"<=":"1999-12-31"}}""", 1)]
    [InlineData("""{"shownAt":{">":"20:14:59.9999999"}}""", 1)]
    [InlineData("""{"rating":{"<":0}}""", 3)]
    [InlineData("""{"plays":{">":2147483648}}""", 1)]
    [InlineData("""{"price":{">":9.4999999999999999999}}""", 1, 2)]
    [InlineData("""{"loudness":{">":0}}""", 1)]
    [InlineData("""{"touredAt":{">":"2000-01-02"}}""", 1)]
    [InlineData("""{"masteredOn":{">=":"1999-04-01"}}""", 1)]
    [InlineData("""{"archivedAt":{">":"2000-12-31T23:59:59-01:00"}}""")]
    [InlineData("""{"archivedAt":{">":"2000-12-31T23:59:59Z"}}""", 1)]
    public void Numbers_and_times_compare(string where, params int[] ids) => Assert.Equal(ids, Where(where));

    [SkippableTheory]
    [InlineData("year", "\"x\"", "whole number"), InlineData("year", "1.5", "1.5"), InlineData("year", "3000000000", "Int32")]
    [InlineData("year", "\"\"", "\"\""), InlineData("year", "true", "true"), InlineData("year", "\" 7\"", "7"), InlineData("year", "\"1,999\"", "1,999")]
    [InlineData("year", "\"0x7\"", "0x7"), InlineData("year", "99999999999999999999999999999999999", "whole number"), InlineData("year", "1e400", "1e400")]
    [InlineData("year", "\"٧\"", "whole number"), InlineData("sides", "256", "Byte"), InlineData("sides", "-1", "Byte"), InlineData("year", "\"1999--\"", "1999--")]
    [InlineData("isLive", "2", "true or false"), InlineData("isLive", "\"yes\"", "true or false"), InlineData("isLive", "\"TRUE\"", "true or false")]
    [InlineData("price", "\"x\"", "number"), InlineData("price", "1e40", "number"), InlineData("price", "true", "number"), InlineData("price", "\"9,5\"", "9,5")]
    [InlineData("rating", "1e999", "number"), InlineData("rating", "\"NaN\"", "number"), InlineData("rating", "\"Infinity\"", "number")]
    [InlineData("rating", "false", "number"), InlineData("loudness", "1e39", "number"), InlineData("loudness", "true", "number")]
    [InlineData("shelf", "\"AB\"", "one character"), InlineData("shelf", "\"\"", "one character")]
    [InlineData("sku", "\"1\"", "UUID"), InlineData("sku", "7", "UUID"), InlineData("sku", "\"{00000001-0002-0003-0405-060708090a0b}\"", "UUID")]
    [InlineData("genre", "\"Polka\"", "Rock, Jazz, Electronic"), InlineData("genre", "3", "Rock"), InlineData("genre", "true", "Rock")]
    [InlineData("genre", "\"Rock,Jazz\"", "Rock"), InlineData("genre", "99999999999", "Rock"), InlineData("genre", "\"\"", "Rock")]
    [InlineData("recordedAt", "\"5/4/1999\"", "ISO 8601"), InlineData("recordedAt", "\"yesterday\"", "ISO 8601"), InlineData("recordedAt", "1e300", "ISO 8601")]
    [InlineData("recordedAt", "\"1999-02-30\"", "ISO 8601"), InlineData("recordedAt", "true", "ISO 8601"), InlineData("recordedAt", "9e15", "ISO 8601")]
    [InlineData("recordedAt", "\"0001-01-01T00:00+14:00\"", "ISO 8601"), InlineData("announcedAt", "\"9999-12-31T23:59-14:00\"", "ISO 8601")]
    [InlineData("releasedOn", "\"1999-12-31T00:00\"", "2024-12-31"), InlineData("releasedOn", "7", "2024-12-31")]
    [InlineData("shownAt", "\"25:00\"", "23:59:59"), InlineData("length", "\"long\"", "1.23:59:59"), InlineData("length", "60", "1.23:59:59")]
    [InlineData("title", "\"\\u0000\"", "U+0000"), InlineData("title", "\"a\\ud800\"", "well-formed"), InlineData("title", "\"\\udc00b\"", "well-formed")]
    public void A_value_of_another_type_is_refused(string attribute, string value, string word)
    {
        WhereRefused($$"""{"{{attribute}}":{{value}}}""", word);
        WhereRefused($$"""{"{{attribute}}":[{{value}}]}""", word);
        WhereRefused($$$"""{"{{{attribute}}}":{"!=":{{{value}}}}}""", word);
    }

    // By the query string, where no JSON reader checks the text before us. (Metadata cannot hold these texts: hence escaped.)
    [SkippableTheory]
    [InlineData(@"a\0b"), InlineData(@"\ud800"), InlineData(@"\udc00\ud800"), InlineData(@"x\ud83d")]
    public void A_text_that_no_datastore_holds_is_refused(string escaped)
    {
        var text = Regex.Unescape(escaped);
        Refused(new([new("title", text)]), "well-formed");
        Refused(new([new("where", text)]));
        Refused(new([new("sort", text)]));
        Refused(new([new("select", text)]));
    }

    [SkippableFact]
    public void Text_beyond_the_basic_plane_is_text_like_any_other() => Assert.Empty(Where("""{"title":"😀","subtitle":{"contains":"\ud83d\ude00"}}"""));

    [SkippableFact]
    public void Every_time_that_there_is_can_be_asked_for()
    {
        Assert.Equal([1, 2, 3], Where("""{"recordedAt":{">=":"0001-01-01","<=":"9999-12-31T23:59:59.9999999Z"}}"""));
        Assert.Empty(Where("""{"announcedAt":["0001-01-01","9999-12-31T23:59:59.9999999Z"],"releasedOn":["0001-01-01","9999-12-31"]}"""));
    }

    [SkippableFact]
    public void No_culture_has_a_say()
    {
        var before = CultureInfo.CurrentCulture;
        var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        (comma.NumberFormat.NumberDecimalSeparator, comma.NumberFormat.NumberGroupSeparator, comma.NumberFormat.NegativeSign) = (",", ".", "~");
        try
        {
            CultureInfo.CurrentCulture = comma;
            Assert.Equal([1], Where("""{"price":9.5,"rating":"4.5"}"""));
            Assert.Equal([3], Where("""{"rating":"-1"}"""));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
