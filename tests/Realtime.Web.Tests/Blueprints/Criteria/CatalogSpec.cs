using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.AspNetCore.WebUtilities;
using Realtime.Actors;
using Realtime.Web.Blueprints.Criteria;

namespace Realtime.Web.Tests.Blueprints.Criteria;

/// <summary>What specs about criteria share: asking a catalog, and being refused. Each runs on every datastore.</summary>
public abstract class CatalogSpec : IDisposable
{
    protected CatalogSpec(CatalogStore store)
    {
        if (Environment.GetEnvironmentVariable("CI") == "true" && store.Missing is { } missing)
            throw new InvalidOperationException($"Nothing is skipped in CI: {missing}");
        Skip.If(store.Missing is not null, store.Missing);
        (Store, Catalog) = (store, store.Open());
    }

    protected CatalogStore Store { get; }

    protected Catalog Catalog { get; }

    protected IEntityType AlbumModel => Catalog.Model.FindEntityType(typeof(Album))!;

    protected CriteriaOptions Options { get; set; } = new();

    public void Dispose()
    {
        Catalog.Dispose();
        GC.SuppressFinalize(this);
    }

    protected static CriteriaInput Query(string query) => new(QueryHelpers.ParseQuery(query));

    protected static CriteriaInput Body(string json) => new(body: JsonElement.Parse(json));

    protected RecordCriteria Read(CriteriaInput input) => CriteriaReader.Read(AlbumModel, input, Options);

    /// <summary>The ids of the albums that a request gets, in order.</summary>
    protected int[] Find(CriteriaInput input) => [.. Read(input).Apply(Catalog.Albums.AsNoTracking()).Select(album => album.Id)];

    /// <summary>The ids of the albums for which a where clause holds.</summary>
    protected int[] Where(string where) => Find(Body($$"""{"where":{{where}}}"""));

    /// <summary>Expects a refusal that names each of <paramref name="words"/>.</summary>
    protected void Refused(CriteriaInput input, params string[] words) => Refused(CriteriaCodes.InvalidCriteria, input, words);

    protected void Refused(string code, CriteriaInput input, params string[] words)
    {
        var refusal = Assert.Throws<RealtimeException>(() => Read(input));
        Assert.Equal(code, refusal.Code);
        Assert.All(words, word => Assert.Contains(word, refusal.Message, StringComparison.Ordinal));
    }

    protected void WhereRefused(string where, params string[] words) => Refused(Body($$"""{"where":{{where}}}"""), words);
}
