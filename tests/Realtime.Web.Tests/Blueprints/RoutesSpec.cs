using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Realtime.Web.Blueprints;
using Realtime.Web.Tests.Models;

namespace Realtime.Web.Tests.Blueprints;

/// <summary>Which routes there are, and what else the options change (contract B-1 to B-6, B-24, B-46).</summary>
public sealed class RoutesSpec : IDisposable
{
    private readonly SqliteLibrary _store = new();

    /// <summary>Contract B-3, B-4, B-19.</summary>
    [Fact]
    public async Task Shortcuts_do_everything_by_get()
    {
        await using var app = await StartAsync(options => options.Shortcuts = true);
        Assert.Equal("Ann", (string)(await GetAsync(app, "/user/create?name=Ann"))["name"]!);
        Assert.Equal("Bob", (string)(await GetAsync(app, "/user/update/1?name=Bob"))["name"]!);
        Assert.Equal("Bob", (string)(await GetAsync(app, "/user/find/1"))["name"]!);
        Assert.Equal("Bob", (string)Assert.Single((await GetAsync(app, "/user/find?name=Bob")).AsArray())!["name"]!);
        await GetAsync(app, "/album/create?title=Low");
        await GetAsync(app, "/track/create?name=V-2");
        Assert.Single((await GetAsync(app, "/album/1/tracks/add/1"))["tracks"]!.AsArray());
        Assert.Single((await GetAsync(app, "/album/1/tracks")).AsArray());
        Assert.Empty((await GetAsync(app, "/album/1/tracks/remove/1"))["tracks"]!.AsArray());
        Assert.Single((await GetAsync(app, "/album/1/tracks/replace?tracks=[1]"))["tracks"]!.AsArray());
        await GetAsync(app, "/user/destroy/1");
        Assert.Empty((await GetAsync(app, "/user/find")).AsArray());
    }

    /// <summary>Contract B-1: off by default.</summary>
    [Fact]
    public async Task Without_shortcuts_find_is_an_id_that_is_not_there()
    {
        await using var app = await StartAsync(_ => { });
        Assert.NotEqual(200, (await app.SendAsync("GET", "/user/find")).Status);
        Assert.NotEqual(200, (await app.SendAsync("GET", "/user/create?name=Ann")).Status);
        Assert.Empty((await GetAsync(app, "/user")).AsArray());
    }

    /// <summary>Contract B-1.</summary>
    [Fact]
    public async Task Without_rest_only_shortcuts_are_there()
    {
        await using var app = await StartAsync(options => (options.Rest, options.Shortcuts) = (false, true));
        Assert.Equal(404, (await app.SendAsync("POST", "/user", """{"name":"Ann"}""")).Status);
        Assert.Equal(200, (await app.SendAsync("GET", "/user/find")).Status);
    }

    /// <summary>Contract B-6.</summary>
    [Fact]
    public async Task Plural_routes_are_the_only_ones()
    {
        await using var app = await StartAsync(options => options.Pluralize = true);
        Assert.Equal(200, (await app.SendAsync("POST", "/users", """{"name":"Ann"}""")).Status);
        Assert.Equal(200, (await app.SendAsync("GET", "/users/1")).Status);
        Assert.Equal(404, (await app.SendAsync("GET", "/user/1")).Status);
    }

    /// <summary>Contract B-2, B-3, B-6.</summary>
    [Theory, InlineData("/api", "v1"), InlineData("api", "/v1/")]
    public async Task Prefixes_stand_before_all_routes_and_before_the_rest_routes(string prefix, string rest)
    {
        await using var app = await StartAsync(options => (options.Prefix, options.RestPrefix, options.Shortcuts) = (prefix, rest, true));
        Assert.Equal(200, (await app.SendAsync("GET", "/api/v1/user")).Status);
        Assert.Equal(200, (await app.SendAsync("GET", "/api/user/find")).Status);
        Assert.Equal(404, (await app.SendAsync("GET", "/user")).Status);
        Assert.Equal(404, (await app.SendAsync("GET", "/api/user")).Status);
    }

    /// <summary>Contract B-24, D-9.</summary>
    [Fact]
    public async Task Created_may_be_201_as_in_old_versions()
    {
        await using var app = await StartAsync(options => options.CreatedStatus = 201);
        Assert.Equal(201, (await app.SendAsync("POST", "/user", """{"name":"Ann"}""")).Status);
    }

    /// <summary>Contract D-10, B-46.</summary>
    [Theory, InlineData(false), InlineData(true)]
    public async Task Who_asks_for_a_change_hears_of_it_only_where_that_is_mirrored(bool mirror)
    {
        await using var app = await StartAsync(options => options.Mirror = mirror);
        await app.SendAsync("POST", "/user", """{"name":"Ann"}""", overSocket: true);
        await app.Topics.EventsAsync(1);
        Assert.Equal(mirror ? null : LibraryApp.Ann, app.Topics.Published.Single().Omit);
    }

    /// <summary>Contract B-31, D-4.</summary>
    [Fact]
    public async Task Watching_by_find_can_be_switched_off()
    {
        await using var app = await StartAsync(options => options.AutoWatch = false);
        await app.SendAsync("GET", "/user", overSocket: true);
        Assert.Empty(app.Topics.Calls);
    }

    /// <summary>Contract B-31 to B-33, B-41, D-4: as in Sails, where an empty answer watches the model alone.</summary>
    [Fact]
    public async Task Reads_watch_the_associated_models_where_that_is_wanted()
    {
        await using var app = await StartAsync(options => options.WatchAssociated = true);
        await app.SendAsync("GET", "/track", overSocket: true);
        Assert.Equal(["watch track"], app.Topics.Calls);
        await app.SendAsync("POST", "/track", """{"name":"V-2"}""");
        await app.SendAsync("GET", "/track", overSocket: true);
        await app.SendAsync("GET", "/track/1", overSocket: true);
        await app.SendAsync("GET", "/track/1/album", overSocket: true);
        Assert.Equal(
            ["watch track", "watch track", "subscribe track 1", "watch album", "subscribe track 1", "watch album", "subscribe track 1", "watch album"],
            app.Topics.Calls);
    }

    /// <summary>Contract P-17, D-1: one event for each collection, with all ids.</summary>
    [Fact]
    public async Task Those_that_come_and_go_are_told_together_where_that_is_wanted()
    {
        await using var app = await LibraryApp.StartAsync(_store, options => options.RollsUpLinks = true);
        await app.SendAsync("POST", "/track", """[{"name":"a"},{"name":"b"},{"name":"c"}]""");
        await app.SendAsync("POST", "/album", """{"tracks":[1]}""");
        var before = (await app.Topics.EventsAsync(5)).Length;
        await app.SendAsync("PUT", "/album/1/tracks", "[2,3]");
        Assert.Equal(
            [
                """album {"verb":"removedFrom","id":1,"attribute":"tracks","removedIds":[1]}""",
                """album {"verb":"addedTo","id":1,"attribute":"tracks","addedIds":[2,3]}""",
                """track {"verb":"updated","id":1,"data":{"album":null}}""",
                """track {"verb":"updated","id":2,"data":{"album":1}}""",
                """track {"verb":"updated","id":3,"data":{"album":1}}""",
            ],
            (await app.Topics.EventsAsync(before + 5)).Skip(before));
    }

    /// <summary>Contract B-4, B-7: also one that matches more than the blueprint's.</summary>
    [Fact]
    public async Task Routes_of_the_application_win_over_all_blueprint_routes()
    {
        await using var app = await LibraryApp.StartAsync(_store, routes: (application, _) =>
        {
            application.MapGet("/user", () => "my own find");
            application.MapGet("/user/{name}", (string name) => $"my own findOne of {name}");
            application.MapFallback(() => "nothing else");
        });
        Assert.Equal("my own find", (string)(await app.SendAsync("GET", "/user")).Body!);
        Assert.Equal("my own findOne of ann", (string)(await app.SendAsync("GET", "/user/ann")).Body!);
        Assert.Equal(200, (await app.SendAsync("POST", "/user", """{"name":"Ann"}""")).Status);
        Assert.Equal("nothing else", (string)(await app.SendAsync("GET", "/elsewhere")).Body!);
    }

    /// <summary>Contract B-4: neither the old nor the unknown forms.</summary>
    [Theory, InlineData("GET", "/album/1/tracks/1"), InlineData("POST", "/user/1"), InlineData("GET", "/outboxrow")]
    public async Task What_is_no_route_is_not_there(string method, string url)
    {
        await using var app = await StartAsync(_ => { });
        Assert.Contains((await app.SendAsync(method, url)).Status, new[] { 404, 405 });
    }

    /// <summary>Contract B-7: a model switches off what it does not want.</summary>
    [Fact]
    public async Task A_model_may_have_some_of_the_routes_or_none()
    {
        await using var app = await StartAsync(options => options.HasRoute = (model, action) => model.Name.Value switch
        {
            "user" => false,
            "album" => action is "find" or "create",
            _ => true,
        });
        Assert.Equal(404, (await app.SendAsync("GET", "/user")).Status);
        Assert.Equal(200, (await app.SendAsync("POST", "/album", """{"title":"Low"}""")).Status);
        Assert.Equal(200, (await app.SendAsync("GET", "/album")).Status);
        Assert.Equal(404, (await app.SendAsync("GET", "/album/1")).Status);
        Assert.Equal(200, (await app.SendAsync("GET", "/track")).Status);
    }

    /// <summary>Contract B-23: what a request asks for may be replaced before it is read, by action.</summary>
    [Fact]
    public async Task A_filter_may_change_what_requests_ask_for()
    {
        await using var app = await LibraryApp.StartAsync(_store, routes: (_, blueprints) => blueprints.AddEndpointFilter((context, next) =>
        {
            var http = context.HttpContext;
            if (http.GetEndpoint()!.Metadata.GetMetadata<IEndpointNameMetadata>()!.EndpointName == "user.find")
                http.Request.QueryString = new QueryString("?where={\"age\":{\">\":17}}&select=name");
            return next(context);
        }));
        await app.SendAsync("POST", "/user", """[{"name":"Ann","age":30},{"name":"Bob","age":10}]""");
        Assert.Equal("""[{"id":1,"name":"Ann"}]""", (await app.SendAsync("GET", "/user?name=Bob")).Body!.ToJsonString());
        Assert.Equal("Bob", (string)(await app.SendAsync("GET", "/user/2")).Body!["name"]!);
    }

    public void Dispose() => _store.Dispose();

    private static async Task<JsonNode> GetAsync(LibraryApp app, string url)
    {
        var (status, body) = await app.SendAsync("GET", url);
        Assert.True(status == 200, $"{url}: {status} {body?.ToJsonString()}");
        return body!;
    }

    private Task<LibraryApp> StartAsync(Action<BlueprintOptions> options) => LibraryApp.StartAsync(_store, blueprints: options);
}
