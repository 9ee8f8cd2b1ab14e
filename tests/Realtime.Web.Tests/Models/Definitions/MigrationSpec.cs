using Realtime.Web.Models.Definitions;

namespace Realtime.Web.Tests.Models.Definitions;

public sealed class MigrationOnSqliteSpec() : MigrationSpec(new DefinedOnSqlite());

public sealed class MigrationOnPostgresSpec() : MigrationSpec(new DefinedOnPostgres());

/// <summary>What <c>migrate</c> does to tables when the definitions have changed.</summary>
public abstract class MigrationSpec(DefinedStore store) : IDisposable
{
    private const string Plain = """{"attributes":{"name":{"type":"string","required":true}}}""";

    public void Dispose()
    {
        store.Dispose();
        GC.SuppressFinalize(this);
    }

    [SkippableFact]
    public async Task Alter_adds_attributes_and_keeps_the_records()
    {
        await GivenAsync(Plain);
        store.Define("team", """{"attributes":{"players":{"collection":"pet","via":"teams"}}}""");
        store.Define("pet", """
            {"attributes":{
              "name":{"type":"string","required":true},
              "kind":{"type":"string","defaultsTo":"it's a {cat}"}, "legs":{"type":"integer"}, "tame":{"type":"boolean","defaultsTo":true},
              "chip":{"type":"string","unique":true,"allowNull":true}, "born":{"type":"datetime","defaultsTo":"2020-01-02T03:04:05Z"},
              "tags":{"type":"json","defaultsTo":["a"]}, "friend":{"model":"pet"}, "teams":{"collection":"team","via":"players"}
            }}
            """);

        await using var app = await DefinedApp.StartAsync(store, Migrate.Alter);

        Assert.Equal(
            """{"id":1,"born":"2020-01-02T03:04:05Z","chip":null,"kind":"it's a {cat}","legs":0,"name":"Rex","tags":["a"],"tame":true,"friend":null,"teams":[]}""",
            (await app.DoAsync("GET", "/pet/1")).ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
        await app.DoAsync("PATCH", "/pet/1", """{"chip":"007","friend":1}""");
        await app.DoAsync("POST", "/team", """{"players":[1]}""");
        var (status, body) = await app.SendAsync("POST", "/pet", """{"name":"Max","chip":"007"}""");
        Assert.Equal((400, "E_UNIQUE"), (status, (string)body!["code"]!));
    }

    [SkippableFact]
    public async Task Models_may_refer_to_each_other_and_the_datastore_knows()
    {
        store.Define("hen", """{"attributes":{"came":{"model":"egg"}}}""");
        store.Define("egg", """{"attributes":{"laid":{"model":"hen"}}}""");
        await using (var app = await DefinedApp.StartAsync(store, Migrate.Alter))
            await app.DoAsync("POST", "/hen");
        await RefusesAsync("INSERT INTO hen (came) VALUES (99)");
        await RefusesAsync("INSERT INTO egg (laid) VALUES (99)");

        store.Define("egg", """{"attributes":{"laid":{"model":"hen"},"eaten":{"model":"hen"}}}""");
        await using (var app = await DefinedApp.StartAsync(store, Migrate.Alter))
            await app.DoAsync("POST", "/egg", """{"eaten":1}""");
        await RefusesAsync("INSERT INTO egg (eaten) VALUES (99)");

        Task RefusesAsync(string statement) => Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => store.ExecuteAsync(statement));
    }

    /// <summary>PostgreSQL cuts off what is longer than 63 bytes.</summary>
    [SkippableFact]
    public async Task Models_and_associations_may_have_long_names()
    {
        var (book, writer) = ("book" + new string('k', 40), "writer" + new string('r', 40));
        store.Define(book, Named("""{"attributes":{"by_WRITER":{"collection":"WRITER","via":"of_BOOK"},"other_WRITER":{"collection":"WRITER"}}}"""));
        store.Define(writer, Named("""{"attributes":{"of_BOOK":{"collection":"BOOK","via":"by_WRITER"}}}"""));
        for (var start = 0; start < 2; start++)
        {
            await using var app = await DefinedApp.StartAsync(store, Migrate.Alter);
            await app.DoAsync("POST", $"/{book}", "{}");
            var created = await app.DoAsync("POST", $"/{writer}", Named("""{"of_BOOK":[1]}"""));
            Assert.Equal(1, (int)created[$"of_{book}"]![0]!["id"]!);
        }

        string Named(string json) => json.Replace("BOOK", book, StringComparison.Ordinal).Replace("WRITER", writer, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Alter_finds_nothing_to_do_the_second_time_and_safe_agrees()
    {
        await GivenAsync(Plain);
        await using (var again = await DefinedApp.StartAsync(store, Migrate.Alter))
            Assert.Equal("Rex", (string)(await again.DoAsync("GET", "/pet/1"))["name"]!);
        await using var safe = await DefinedApp.StartAsync(store, Migrate.Safe, "Production", "0123456789abcdef");
        Assert.Equal(200, (await safe.SendAsync("GET", "/pet/1", apiKey: "0123456789abcdef")).Status);
    }

    /// <summary>A column that no definition mentions any more stays, and is in nobody's way.</summary>
    [SkippableFact]
    public async Task Alter_keeps_the_values_of_an_attribute_that_is_gone_and_they_come_back_with_it()
    {
        const string full = """{"attributes":{"name":{"type":"string","required":true},"kind":{"type":"string","required":true}}}""";
        await GivenAsync(full, """{"name":"Rex","kind":"dog"}""");
        store.Define("pet", Plain);
        await using (var without = await DefinedApp.StartAsync(store, Migrate.Alter))
            await without.DoAsync("POST", "/pet", """{"name":"Max"}""");
        store.Define("pet", full);
        await using var with = await DefinedApp.StartAsync(store, Migrate.Alter);
        Assert.Equal("dog", (string)(await with.DoAsync("GET", "/pet/1"))["kind"]!);
        Assert.Null((await with.DoAsync("GET", "/pet/2"))["kind"]);
    }

    [SkippableFact]
    public async Task Safe_refuses_to_start_without_tables_and_says_how_they_are_made()
    {
        store.Define("pet", Plain);
        var refused = await Assert.ThrowsAsync<ModelDefinitionException>(() => DefinedApp.StartAsync(store, environment: "Production"));
        Assert.Contains("CREATE TABLE", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Realtime:Models:Migrate=alter", refused.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Safe_refuses_to_start_with_a_table_that_lacks_a_column_and_leaves_it_so()
    {
        await GivenAsync(Plain);
        store.Define("pet", """{"attributes":{"name":{"type":"string","required":true},"kind":"string"}}""");
        for (var attempt = 0; attempt < 2; attempt++)
        {
            var refused = await Assert.ThrowsAsync<ModelDefinitionException>(() => DefinedApp.StartAsync(store, Migrate.Safe));
            Assert.Contains("ALTER TABLE", refused.Message, StringComparison.Ordinal);
            Assert.Contains("kind", refused.Message, StringComparison.Ordinal);
        }
    }

    [SkippableTheory]
    [InlineData(Migrate.Safe)]
    [InlineData(Migrate.Alter)]
    public async Task A_column_of_another_type_is_left_alone_and_named(Migrate migrate)
    {
        await GivenAsync(Plain);
        store.Define("pet", """{"attributes":{"name":"number"}}""");
        var refused = await Assert.ThrowsAsync<ModelDefinitionException>(() => DefinedApp.StartAsync(store, migrate));
        Assert.Contains("pet.json: the column \"name\" is of type", refused.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task What_cannot_be_added_changes_nothing()
    {
        await GivenAsync(Plain);
        await using (var app = await DefinedApp.StartAsync(store, Migrate.Alter))
            await app.DoAsync("POST", "/pet", """{"name":"Rex"}""");
        store.Define("pet", """{"attributes":{"kind":"string","name":{"type":"string","required":true,"unique":true}}}""");
        var refused = await Assert.ThrowsAsync<ModelDefinitionException>(() => DefinedApp.StartAsync(store, Migrate.Alter));
        Assert.Contains("Nothing was changed", refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => store.ExecuteAsync("SELECT kind FROM pet"));
    }

    [SkippableFact]
    public async Task A_required_association_cannot_be_added_to_records_that_have_none()
    {
        await GivenAsync(Plain);
        store.Define("pet", """{"attributes":{"name":"string","keeper":{"model":"pet","required":true}}}""");
        var refused = await Assert.ThrowsAsync<ModelDefinitionException>(() => DefinedApp.StartAsync(store, Migrate.Alter));
        Assert.Contains("the column \"keeper\" is missing", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>The table is somebody else's: its own columns are no business of ours, unless they ask for values.</summary>
    [SkippableFact]
    public async Task A_table_that_was_made_elsewhere_is_used_as_it_is()
    {
        await GivenAsync("""{"tableName":"other","attributes":{"name":"string"}}""");
        await store.ExecuteAsync("CREATE TABLE animals (id BIGINT PRIMARY KEY, called TEXT, noise TEXT)");
        await store.ExecuteAsync("INSERT INTO animals VALUES (7, 'Tom', 'meow')");
        store.Define("pet", """{"tableName":"animals","attributes":{"name":{"type":"string","columnName":"called"}}}""");
        await using (var app = await DefinedApp.StartAsync(store, Migrate.Safe))
            Assert.Equal("""{"id":7,"name":"Tom"}""", (await app.DoAsync("GET", "/pet/7")).ToJsonString());
        await store.ExecuteAsync("CREATE TABLE strict (id BIGINT PRIMARY KEY, called TEXT, noise TEXT NOT NULL)");
        store.Define("pet", """{"tableName":"strict","attributes":{"name":{"type":"string","columnName":"called"}}}""");
        var refused = await Assert.ThrowsAsync<ModelDefinitionException>(() => DefinedApp.StartAsync(store, Migrate.Safe));
        Assert.Contains("the column \"noise\" needs a value that no attribute gives", refused.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Drop_begins_anew_in_Development()
    {
        const string withFriend = """{"attributes":{"name":"string","friend":{"model":"pet","required":false},"teams":{"collection":"team","via":"pets"}}}""";
        store.Define("team", """{"migrate":"alter","attributes":{"pets":{"collection":"pet","via":"teams"},"mascot":{"model":"pet"}}}""");
        await GivenAsync(withFriend, """{"name":"Rex","friend":null}""");
        await using (var app = await DefinedApp.StartAsync(store, Migrate.Alter))
            await app.DoAsync("POST", "/team", """{"pets":[1],"mascot":1}""");

        await using var anew = await DefinedApp.StartAsync(store, Migrate.Drop);

        Assert.Equal("[]", (await anew.DoAsync("GET", "/pet")).ToJsonString());
        Assert.Single((await anew.DoAsync("GET", "/team")).AsArray());
    }

    [SkippableTheory]
    [InlineData("Production")]
    [InlineData("Staging")]
    public async Task Drop_is_refused_outside_Development(string environment)
    {
        await GivenAsync(Plain);
        var refused = await Assert.ThrowsAsync<ModelDefinitionException>(() => DefinedApp.StartAsync(store, Migrate.Drop, environment));
        Assert.Contains($"Development only, and this is {environment}", refused.Message, StringComparison.Ordinal);
        await using var app = await DefinedApp.StartAsync(store, Migrate.Safe);
        Assert.Single((await app.DoAsync("GET", "/pet")).AsArray());
    }

    private async Task GivenAsync(string definition, string record = """{"name":"Rex"}""")
    {
        store.Define("pet", definition);
        await using var app = await DefinedApp.StartAsync(store, Migrate.Alter);
        await app.DoAsync("POST", "/pet", record);
    }
}
