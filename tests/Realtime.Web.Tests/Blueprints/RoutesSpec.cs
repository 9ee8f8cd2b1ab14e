using System.Text.Json.Nodes;
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

    public void Dispose() => _store.Dispose();

    private static async Task<JsonNode> GetAsync(LibraryApp app, string url)
    {
        var (status, body) = await app.SendAsync("GET", url);
        Assert.True(status == 200, $"{url}: {status} {body?.ToJsonString()}");
        return body!;
    }

    private Task<LibraryApp> StartAsync(Action<BlueprintOptions> options) => LibraryApp.StartAsync(_store, blueprints: options);
}
