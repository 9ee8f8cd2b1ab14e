using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Realtime.Web.Blueprints;
using Realtime.Web.Tests.Models;

namespace Realtime.Web.Tests.Blueprints;

/// <summary>Contract B-7, REC: a blueprint action on a route of the application's own behaves as on the blueprint's.</summary>
public sealed class OwnRoutesSpec() : LibrarySpec(new SqliteLibrary())
{
    private static readonly (string Blueprint, string Own, string? Body)[] Requests =
    [
        ("GET /album", "GET /discography", null),
        ("GET /album?populate=false", "GET /discography?populate=false", null),
        ("GET /album?where={\"title\":\"Low\"}", "GET /discography?where={\"title\":\"Low\"}", null),
        ("GET /album/1", "GET /discography/1", null),
        ("GET /album/9", "GET /discography/9", null),
        ("POST /album", "POST /discography", """{"title":"Low","tracks":[2]}"""),
        ("POST /album", "POST /discography", """[{"title":"Low"},{"label":1}]"""),
        ("POST /album", "POST /discography", """{"label":"none"}"""),
        ("PATCH /album/1", "POST /discography/1/amend", """{"title":"Lower"}"""),
        ("GET /album/1/tracks?name=V-2", "GET /discography/1/songs?name=V-2", null),
        ("GET /album/1/label", "GET /discography/1/label", null),
        ("GET /album/2/label", "GET /discography/2/label", null),
        ("PUT /album/1/tracks/2", "PUT /discography/1/songs/2", null),
        ("DELETE /album/1/tracks/1", "DELETE /discography/1/songs/1", null),
        ("PUT /album/1/tracks", "PUT /discography/1/songs", "[1]"),
        ("DELETE /album/1", "DELETE /discography/1", null),
    ];

    protected override Task<LibraryApp> StartAsync() => StartAsync(Store);

    private static Task<LibraryApp> StartAsync(LibraryStore store) => LibraryApp.StartAsync(
        store,
        blueprints: options => (options.WatchAssociated, options.CreatedStatus) = (true, 201),
        routes: (_, blueprints) =>
        {
            blueprints.MapBlueprint("album.find", "/discography");
            blueprints.MapBlueprint("album.findOne", "/discography/{id:int}");
            blueprints.MapBlueprint("album.create", "/discography");
            blueprints.MapBlueprint("album.update", "/discography/{id}/amend", "POST");
            blueprints.MapBlueprint("album.destroy", "/discography/{id}");
            blueprints.MapBlueprint("Album.tracks.populate", "/discography/{parentid}/songs");
            blueprints.MapBlueprint("album.label.populate", "/discography/{parentid}/label");
            blueprints.MapBlueprint("album.tracks.add", "/discography/{parentid}/songs/{childid}");
            blueprints.MapBlueprint("album.tracks.remove", "/discography/{parentid}/songs/{childid}");
            blueprints.MapBlueprint("album.tracks.replace", "/discography/{parentid}/songs");
            blueprints.MapBlueprint("album.find", "/labels/{label}/albums").WithName("albums-of-label");
            blueprints.MapBlueprint("album.create", "/labels/{label}/albums");
            blueprints.AddEndpointFilter((context, next) =>
                context.HttpContext.GetEndpoint()!.Metadata.GetMetadata<BlueprintTarget>() is { Model.Value: "album", Action: "findOne" }
                    && context.HttpContext.Request.Query.ContainsKey("tea")
                    ? ValueTask.FromResult<object?>(Results.StatusCode(418))
                    : next(context));
        });

    /// <summary>Contract B-31 to B-41: what it answers, whom it subscribes to what, and what it tells.</summary>
    [Theory, InlineData(false), InlineData(true)]
    public async Task It_answers_subscribes_and_tells_as_the_blueprint_does(bool overSocket)
    {
        using var other = new SqliteLibrary();
        await using var twin = await StartAsync(other);
        foreach (var app in (LibraryApp[])[App, twin])
        {
            await app.GivenAsync(new Album { Title = "Heroes", Label = new Label { Name = "RCA" }, Tracks = { new Track { Name = "V-2" } } });
            await app.GivenAsync(new Track { Name = "X" });
        }
        foreach (var (blueprint, own, body) in Requests)
            Assert.Equal((blueprint, await OutcomeAsync(twin, blueprint, body, overSocket)), (blueprint, await OutcomeAsync(App, own, body, overSocket)));
        Assert.Equal(twin.Topics.Calls, App.Topics.Calls);
        Assert.Equal(await ToldAsync(twin), await ToldAsync(App));
    }

    /// <summary>Contract B-31, B-41: Sails lets such a route subscribe to the record alone.</summary>
    [Fact]
    public async Task Over_a_socket_it_watches_and_subscribes_to_what_is_associated()
    {
        await App.GivenAsync(new Album { Label = new Label(), Tracks = { new Track() } });
        await App.SendAsync("GET", "/discography", overSocket: true);
        Assert.Equal(
            ["subscribe album 1", "subscribe label 1", "subscribe track 1", "watch album", "watch artist", "watch cover", "watch label", "watch track"],
            App.Topics.Calls.Order(StringComparer.Ordinal));
    }

    /// <summary>Contract B-9, B-10, B-17: the path wins, and what it says holds whatever the other parameters say.</summary>
    [Fact]
    public async Task Further_parameters_in_the_path_are_parameters()
    {
        await App.GivenAsync(new Label { Name = "RCA" });
        await App.GivenAsync(new Label { Name = "EMI" });
        Assert.Equal(201, (await App.SendAsync("POST", "/labels/2/albums?label=1", """{"title":"Low","label":1}""")).Status);
        Assert.Equal(201, (await App.SendAsync("POST", "/labels/1/albums", """[{"title":"Heroes"},{"title":"Lodger","label":2}]""")).Status);
        Assert.Equal(["Low"], await TitlesAsync("/labels/2/albums"));
        Assert.Equal(["Heroes", "Lodger"], await TitlesAsync("/labels/1/albums?label=2"));
        Assert.Equal(["Lodger"], await TitlesAsync("/labels/1/albums?where={\"title\":[\"Low\",\"Lodger\"]}"));
        Assert.Equal(400, (await App.SendAsync("GET", "/labels/none/albums")).Status);
    }

    /// <summary>Contract B-23.</summary>
    [Fact]
    public async Task What_holds_for_all_blueprints_holds_for_it_and_a_filter_knows_which_action_it_is()
    {
        Assert.Equal(418, (await App.SendAsync("GET", "/discography/1?tea")).Status);
        Assert.Equal(418, (await App.SendAsync("GET", "/album/1?tea")).Status);
        Assert.Equal(200, (await App.SendAsync("GET", "/discography?tea&where={}")).Status);
    }

    [Fact]
    public async Task It_is_described_as_the_blueprint_is()
    {
        var paths = (await App.SendAsync("GET", "/openapi/v1.json")).Body!["paths"]!;
        foreach (var (method, blueprint, own) in ((string, string, string)[])
        [
            ("get", "/album", "/discography"), ("post", "/album", "/discography"), ("get", "/album/{id}", "/discography/{id}"),
            ("put", "/album/{parentid}/tracks/{childid}", "/discography/{parentid}/songs/{childid}"),
        ])
        {
            var (expected, actual) = (Without(paths[blueprint]![method]!), Without(paths[own]![method]!));
            Assert.True(JsonNode.DeepEquals(expected, actual), $"{own}: {actual.ToJsonString()}");
        }
        Assert.Equal("albums-of-label", (string)paths["/labels/{label}/albums"]!["get"]!["operationId"]!);
        Assert.Equal("label", (string)paths["/labels/{label}/albums"]!["get"]!["parameters"]![0]!["name"]!);
    }

    [Theory]
    [InlineData("album.findAll", "/x", "There is no action \"album.findAll\", but album.find, album.findOne")]
    [InlineData("record.find", "/x", "There is no action \"record.find\", but album.find")]
    [InlineData("find", "/x", "There is no action \"find\", but ")]
    [InlineData("album.label.add", "/{parentid}/{childid}", "There is no action \"album.label.add\"")]
    [InlineData("album.findOne", "/x/{key}", "lacks {id}, which album.findOne needs")]
    [InlineData("album.findOne", "/x/{id?}", "lacks {id}, which album.findOne needs")]
    [InlineData("album.tracks.add", "/x/{parentid}", "lacks {childid}, which album.tracks.add needs")]
    public async Task What_cannot_be_is_refused_at_start(string action, string pattern, string reason)
    {
        using var store = new SqliteLibrary();
        var refusal = await Assert.ThrowsAsync<ArgumentException>(() => LibraryApp.StartAsync(store, routes: (_, blueprints) => blueprints.MapBlueprint(action, pattern)));
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_group_has_no_actions()
    {
        using var store = new SqliteLibrary();
        var refusal = await Assert.ThrowsAsync<ArgumentException>(
            () => LibraryApp.StartAsync(store, routes: (app, _) => app.MapGroup("/mine").MapBlueprint("album.find", "/x")));
        Assert.Contains("must be the one that MapBlueprints has returned", refusal.Message, StringComparison.Ordinal);
    }

    // All of it, and whom it leaves out. Those of different records keep no order among each other.
    private static async Task<IEnumerable<string>> ToldAsync(LibraryApp app)
    {
        var events = await app.Topics.EventsAsync(22);
        return events.Zip(app.Topics.Published, (told, happened) => $"{told} to all but {happened.Omit}").Order(StringComparer.Ordinal);
    }

    private static async Task<string> OutcomeAsync(LibraryApp app, string request, string? body, bool overSocket)
    {
        var url = request.Split(' ')[1];
        var (status, answer) = await app.SendAsync(request.Split(' ')[0], url, body, overSocket);
        return $"{status} {answer?.ToJsonString().Replace(request, "THE REQUEST", StringComparison.Ordinal)}";
    }

    private async Task<string[]> TitlesAsync(string url) =>
        [.. (await App.SendAsync("GET", url)).Body!.AsArray().Select(album => (string)album!["title"]!)];

    private static JsonNode Without(JsonNode operation)
    {
        var copy = operation.DeepClone();
        copy.AsObject().Remove("operationId");
        return copy;
    }
}
