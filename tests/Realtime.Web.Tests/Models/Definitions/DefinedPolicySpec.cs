using System.Security.Claims;
using Realtime.Actors.Names;
using Realtime.Web.Auth;
using Realtime.Web.Models.Definitions;
using Realtime.Web.Models.Definitions.Access;
using Realtime.Web.Models.Definitions.Reading;
using Realtime.Web.Topics;

namespace Realtime.Web.Tests.Models.Definitions;

/// <summary>Who may do what with the records of a defined model.</summary>
public sealed class DefinedPolicySpec : IDisposable
{
    private const string Key = "0123456789abcdef";

    private readonly DefinedOnSqlite _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task Outside_Development_a_model_without_policies_is_for_servers_only()
    {
        await using var app = await StartAsync("""{"attributes":{"text":"string"}}""");
        Assert.Equal(403, (await app.SendAsync("GET", "/note")).Status);
        Assert.Equal(403, (await app.SendAsync("POST", "/note", """{"text":"hi"}""", user: "ann")).Status);
        Assert.Equal(403, (await app.SendAsync("GET", "/note", apiKey: "not-the-key-0000")).Status);
        Assert.Equal(200, (await app.SendAsync("POST", "/note", """{"text":"hi"}""", apiKey: Key)).Status);
        Assert.Equal(200, (await app.SendAsync("GET", "/note/1", apiKey: Key)).Status);
    }

    [Fact]
    public async Task What_a_definition_opens_is_open_and_nothing_else()
    {
        await using var app = await StartAsync("""{"attributes":{"text":"string"},"policies":{"read":"anyone","write":"authenticated","subscribe":"servers"}}""");
        Assert.Equal(403, (await app.SendAsync("POST", "/note", """{"text":"hi"}""")).Status);
        Assert.Equal(200, (await app.SendAsync("POST", "/note", """{"text":"hi"}""", user: "ann")).Status);
        Assert.Equal(200, (await app.SendAsync("GET", "/note", overSocket: true)).Status);
        Assert.Empty(app.Topics.Calls);
        Assert.Equal(403, (await app.SendAsync("DELETE", "/note/1")).Status);
        Assert.Equal(200, (await app.SendAsync("GET", "/note/1")).Status);
    }

    [Fact]
    public async Task Records_of_an_owner_exist_for_nobody_else()
    {
        await using var app = await StartAsync("""{"attributes":{"text":"string","by":"string"},"policies":{"read":"authenticated","write":"authenticated","subscribe":"authenticated","owner":"by"}}""");
        var (status, body) = await app.SendAsync("POST", "/note", """{"text":"mine"}""", user: "ann");
        Assert.Equal((200, "ann"), (status, (string)body!["by"]!));

        Assert.Equal(200, (await app.SendAsync("GET", "/note/1", user: "ann")).Status);
        Assert.Equal(404, (await app.SendAsync("GET", "/note/1", user: "bob")).Status);
        Assert.Equal("[]", (await app.SendAsync("GET", "/note", user: "bob")).Body!.ToJsonString());
        Assert.Equal(404, (await app.SendAsync("PATCH", "/note/1", """{"text":"his"}""", user: "bob")).Status);
        Assert.Equal(404, (await app.SendAsync("DELETE", "/note/1", user: "bob")).Status);
        Assert.Equal(403, (await app.SendAsync("GET", "/note/1")).Status);
        Assert.Equal(200, (await app.SendAsync("GET", "/note/1", apiKey: Key)).Status);
    }

    [Fact]
    public async Task Nobody_can_give_a_record_to_somebody_else()
    {
        await using var app = await StartAsync("""{"attributes":{"text":"string","by":"string"},"policies":{"read":"authenticated","write":"authenticated","owner":"by"}}""");
        var (_, body) = await app.SendAsync("POST", "/note", """{"text":"mine","by":"bob"}""", user: "ann");
        Assert.Equal("ann", (string)body!["by"]!);
        (_, body) = await app.SendAsync("PATCH", "/note/1", """{"by":"bob"}""", user: "ann");
        Assert.Equal("ann", (string)body!["by"]!);
        (_, body) = await app.SendAsync("PATCH", "/note/1", """{"by":"bob"}""", apiKey: Key);
        Assert.Equal("bob", (string)body!["by"]!);
    }

    /// <summary>An event has many readers, and not all of them may read what it would bring along.</summary>
    [Theory]
    [InlineData("anyone", true)]
    [InlineData("authenticated", false)]
    public async Task Events_bring_along_only_what_everybody_may_read(string read, bool isTold)
    {
        _store.Define("line", """{"attributes":{"of":{"model":"note"},"words":"string"},"policies":{"read":"WHO"}}""".Replace("WHO", read, StringComparison.Ordinal));
        await using var app = await StartAsync("""{"attributes":{"lines":{"collection":"line","via":"of"}},"policies":{"read":"anyone"}}""");
        await app.SendAsync("POST", "/note", "{}", apiKey: Key);
        await app.SendAsync("POST", "/line", """{"of":1,"words":"psst"}""", apiKey: Key);
        await app.SendAsync("DELETE", "/note/1", apiKey: Key);
        var destroyed = (await app.Topics.EventsAsync(5)).Single(happened => happened.StartsWith("note {\"verb\":\"destroyed\"", StringComparison.Ordinal));
        Assert.Equal(isTold, destroyed.Contains("psst", StringComparison.Ordinal));
    }

    /// <summary>Contract D-7: as the configuration wants it, or the file, and never what not everybody may read.</summary>
    [Theory]
    [InlineData(null, false, false, true)]
    [InlineData(null, true, true, true)]
    [InlineData("false", true, false, true)]
    [InlineData("true", false, true, true)]
    [InlineData("true", false, false, false)]
    public async Task Created_brings_along_what_a_record_is_associated_with_where_that_is_wanted(string? file, bool configured, bool isTold, bool isPublic)
    {
        _store.Define("line", """{"attributes":{"of":{"model":"note"}},"policies":{"read":"anyone"}FIELD}"""
            .Replace("FIELD", file is null ? "" : $",\"populateCreated\":{file}", StringComparison.Ordinal));
        _store.Define("note", isPublic
            ? """{"attributes":{"by":"string","words":"string"},"policies":{"read":"anyone"}}"""
            : """{"attributes":{"by":"string","words":"string"},"policies":{"read":"anyone","owner":"by"}}""");
        await using var app = await DefinedApp.StartAsync(
            _store, Migrate.Alter, "Production", Key, options => options.Models.PopulateCreated = configured);
        await app.SendAsync("POST", "/note", """{"words":"psst"}""", apiKey: Key);
        await app.SendAsync("POST", "/line", """{"of":1}""", apiKey: Key);
        var created = (await app.Topics.EventsAsync(2))[1];
        Assert.Equal(
            isTold ? """line {"verb":"created","id":1,"data":{"id":1,"of":{"id":1,"by":"","words":"psst"}}}""" : """line {"verb":"created","id":1,"data":{"id":1,"of":1}}""",
            created);
    }

    /// <summary>The foreign key is in the line: to change it from the other end is to change the line.</summary>
    [Theory]
    [InlineData("POST", "/note", """{"lines":[1]}""")]
    [InlineData("PATCH", "/note/2", """{"lines":[1]}""")]
    [InlineData("PATCH", "/note/1", """{"lines":[]}""")]
    [InlineData("PUT", "/note/2/lines", "[1]")]
    [InlineData("PUT", "/note/2/lines/1", null)]
    [InlineData("DELETE", "/note/1/lines/1", null)]
    public async Task Who_may_not_change_a_record_does_not_change_it_from_the_other_end_of_an_association(string method, string url, string? body)
    {
        _store.Define("line", """{"attributes":{"of":{"model":"note"}},"policies":{"read":"anyone","write":"servers"}}""");
        await using var app = await StartAsync("""{"attributes":{"text":"string","lines":{"collection":"line","via":"of"}},"policies":{"read":"anyone","write":"anyone"}}""");
        await app.SendAsync("POST", "/note", "[{},{}]");
        await app.SendAsync("POST", "/line", """{"of":1}""", apiKey: Key);

        Assert.Equal(403, (await app.SendAsync(method, url, body)).Status);
        Assert.Equal(1, (int)(await app.SendAsync("GET", "/line/1?populate=false")).Body!["of"]!);
        // What it has read it may send back.
        var read = (await app.SendAsync("GET", "/note/1")).Body!;
        Assert.Equal(200, (await app.SendAsync("PATCH", "/note/1", read.ToJsonString())).Status);
        Assert.Equal(200, (await app.SendAsync(method, url, body, apiKey: Key)).Status);
    }

    [Fact]
    public async Task A_record_changes_hands_by_neither_end_of_the_association()
    {
        _store.Define("person", """{"attributes":{"notes":{"collection":"note","via":"by"}},"policies":{"read":"anyone","write":"anyone"}}""");
        await using var app = await StartAsync("""{"attributes":{"by":{"model":"person"}},"policies":{"read":"authenticated","write":"authenticated","owner":"by"}}""");
        await app.SendAsync("POST", "/person", "[{},{}]", apiKey: Key);
        var (status, body) = await app.SendAsync("POST", "/note", """{"by":2}""", user: "1");
        Assert.Equal((200, 1), (status, (int)body!["by"]!["id"]!));
        Assert.Equal(403, (await app.SendAsync("PUT", "/person/2/notes/1", user: "1")).Status);
        Assert.Equal(403, (await app.SendAsync("PUT", "/person/2/notes", "[1]", user: "1")).Status);
        Assert.Equal(403, (await app.SendAsync("PATCH", "/person/2", """{"notes":[1]}""", user: "1")).Status);
        Assert.Equal(403, (await app.SendAsync("POST", "/note", "{}", user: "nobody's id")).Status);
        Assert.Equal(200, (await app.SendAsync("GET", "/note/1", user: "1")).Status);
        Assert.Equal(200, (await app.SendAsync("PUT", "/person/2/notes/1", apiKey: Key)).Status);
        Assert.Equal(404, (await app.SendAsync("GET", "/note/1", user: "1")).Status);
        var lost = (await app.Topics.EventsAsync(6)).Where(happened => happened.StartsWith("note ", StringComparison.Ordinal)).Skip(1).ToArray();
        Assert.Equal(
            [
                """note {"verb":"destroyed","id":1,"readersChanged":true,"previous":{"id":1,"by":1}}""",
                """note {"verb":"created","id":1,"readersChanged":true,"data":{"id":1,"by":2}}""",
            ], lost);
    }

    [Fact]
    public async Task Who_finds_own_records_hears_of_them_but_not_of_those_of_others()
    {
        await using var app = await StartAsync("""{"attributes":{"text":"string","by":"string"},"policies":{"read":"authenticated","write":"authenticated","subscribe":"authenticated","owner":"by"}}""");
        await app.SendAsync("POST", "/note", """{"text":"mine"}""", user: "ann");
        await app.SendAsync("POST", "/note", """{"text":"his"}""", user: "bob");
        await app.SendAsync("GET", "/note", overSocket: true, user: "ann");
        Assert.Equal(["subscribe note 1"], app.Topics.Calls);
    }

    [Theory]
    [InlineData("""{"attributes":{},"policies":{"subscribe":"anyone"}}""", false, true)]
    [InlineData("""{"attributes":{},"policies":{"subscribe":"authenticated"}}""", false, false)]
    [InlineData("""{"attributes":{},"policies":{"subscribe":"authenticated"}}""", true, true)]
    [InlineData("""{"attributes":{},"policies":{"read":"anyone","subscribe":"servers"}}""", true, false)]
    [InlineData("""{"attributes":{},"policies":{"read":"anyone"}}""", false, true)]
    [InlineData("""{"attributes":{"by":"string"},"policies":{"subscribe":"anyone","owner":"by"}}""", true, false)]
    [InlineData("""{"attributes":{}}""", true, true)]
    public async Task The_hub_lets_clients_hear_what_the_definition_lets_them(string definition, bool isKnown, bool may)
    {
        _store.Define("note", definition);
        var models = new DefinedModels(DefinitionFolder.Read(_store.Definitions));
        var authorizer = new DefinedTopicAuthorizer(models, new DefinedPolicies(new Elsewhere()), new Others());
        var user = new ClaimsPrincipal(isKnown ? new ClaimsIdentity([new Claim("sub", "ann")], "test") : new ClaimsIdentity());
        Assert.Equal(may, await authorizer.MaySubscribeAsync(user, LibraryApp.Ann, ModelName.Parse("note"), [], default));
    }

    private async Task<DefinedApp> StartAsync(string definition)
    {
        _store.Define("note", definition);
        return await DefinedApp.StartAsync(_store, Migrate.Alter, "Production", Key);
    }

    /// <summary>Decides about models that are defined elsewhere, or say nothing of who may hear of them.</summary>
    private sealed class Others : ITopicAuthorizer
    {
        public ValueTask<bool> MaySubscribeAsync(
            ClaimsPrincipal user, SocketId socket, ModelName model, IReadOnlyCollection<RecordId> records, CancellationToken cancellation) => new(true);
    }

    private sealed class Elsewhere : Microsoft.Extensions.Hosting.IHostEnvironment
    {
        public string EnvironmentName { get; set; } = "Production";

        public string ApplicationName { get; set; } = "specs";

        public string ContentRootPath { get; set; } = ".";

        public Microsoft.Extensions.FileProviders.IFileProvider ContentRootFileProvider { get; set; } = new Microsoft.Extensions.FileProviders.NullFileProvider();
    }
}
