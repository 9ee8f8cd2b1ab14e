using Realtime.Web.Models.Definitions;

namespace Realtime.Web.Tests.Models.Definitions;

/// <summary>Contract B-7: the routes that a definition gives its actions.</summary>
public sealed class DefinedRoutesSpec : IDisposable
{
    private readonly DefinedOnSqlite _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task They_do_what_the_blueprints_do_over_a_socket_too()
    {
        _store.Define("note", """
            {
              "attributes": { "text": "string", "lines": { "collection": "line", "via": "of" } },
              "routes": { "POST /book": "create", "GET /book/{id}": "findOne", "PUT /book/{parentid}/pages/{childid}": "lines.add" }
            }
            """);
        _store.Define("line", """{"attributes":{"of":{"model":"note"}},"routes":{"GET /book/{of}/lines":"find"}}""");
        await using var app = await DefinedApp.StartAsync(_store);
        await app.DoAsync("POST", "/book", """{"text":"hi"}""");
        await app.DoAsync("POST", "/line", "[{},{}]");
        await app.DoAsync("PUT", "/book/1/pages/2");
        Assert.Equal("""[{"id":2,"of":1}]""", (await app.DoAsync("GET", "/book/1/lines?populate=false")).ToJsonString());
        Assert.Equal(200, (await app.SendAsync("GET", "/book/1", overSocket: true)).Status);
        Assert.Equal(["subscribe note 1", "subscribe line 2"], app.Topics.Calls);
        Assert.Equal(
            ["""note {"verb":"addedTo","id":1,"attribute":"lines","addedId":2,"addedIds":[2]}""", """line {"verb":"updated","id":2,"data":{"of":1}}"""],
            (await app.Topics.EventsAsync(5))[3..]);
    }

    [Theory]
    [InlineData("{\"GET /x\":\"lines.find\"}", "note.json: the route \"GET /x\": There is no action \"note.lines.find\", but note.find, note.findOne")]
    [InlineData("{\"GET /x\":\"findOne\"}", "note.json: the route \"GET /x\": The path \"/x\" lacks {id}, which note.findOne needs")]
    public async Task One_that_names_no_action_or_no_record_is_refused_at_start(string routes, string reason)
    {
        _store.Define("note", $$"""{"attributes":{"text":"string"},"routes":{{routes}}}""");
        var refused = await Assert.ThrowsAsync<ModelDefinitionException>(() => DefinedApp.StartAsync(_store));
        Assert.Contains(reason, Assert.Single(refused.Problems), StringComparison.Ordinal);
    }
}
