using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace Realtime.Web.Tests.Blueprints.Criteria;

public sealed class TranslationOnSqliteSpec(SqliteStore store) : TranslationSpec(store), IClassFixture<SqliteStore>;

public sealed class TranslationOnPostgresSpec(PostgresStore store) : TranslationSpec(store), IClassFixture<PostgresStore>;

/// <summary>Random criteria over random rows: the datastore finds what <see cref="Oracle"/> says, in that order.</summary>
public abstract class TranslationSpec(CatalogStore store) : CatalogSpec(store)
{
    private readonly Oracle _oracle = new(store.IgnoresCaseInLike, store.SortsNullFirst);

    [SkippableFact]
    public void The_datastore_finds_what_the_criteria_mean()
    {
        var tables = Arb.From(Any.Rows(15).SelectMany(rows => Any.Asked.ArrayOf(20).Select(asked => (rows, asked))), Smaller);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(40), Prop.ForAll(tables, table => WithRows(table.rows, rows =>
            Array.ForEach(table.asked, asked => Assert.Equal(Expected(rows, asked), Found(asked))))));
    }

    private static IEnumerable<(Row[], Asked[])> Smaller((Row[] Rows, Asked[] Asked) table)
    {
        if (table.Asked.Length > 1)
            return table.Asked.Select(asked => (table.Rows, new[] { asked }));
        return Any.Smaller(table.Asked[0]).Select(asked => (table.Rows, new[] { asked }))
            .Concat(table.Rows.Select(row => (table.Rows.Where(other => other != row).ToArray(), table.Asked)));
    }

    private string Expected(List<Row> rows, Asked asked)
    {
        var where = JsonNode.Parse(asked.Where)!;
        var page = _oracle.Sorted(rows.Where(row => _oracle.Holds(where, row)), asked.Sort).Skip(asked.Skip);
        return Told(asked, (asked.Limit is { } limit ? page.Take(limit) : page).Select(row => row.Album.Id));
    }

    private string Found(Asked asked) => Told(asked, Find(Body(asked.Body)));

    // The request is in the text, so that a failure names it.
    private static string Told(Asked asked, IEnumerable<int> ids) => $"{string.Join(' ', ids)} for {asked.Body}";

    private void WithRows(Row[] rows, Action<List<Row>> check)
    {
        using var transaction = Catalog.Database.BeginTransaction();
        Array.ForEach(rows, row => row.AddTo(Catalog));
        Catalog.SaveChanges();
        Catalog.ChangeTracker.Clear();
        check(Row.AllOf(Catalog));
        transaction.Rollback();
    }
}
