using System.Text.Json.Nodes;
using Realtime.Web.Tests.Models;

namespace Realtime.Web.Tests.Blueprints;

/// <summary>What OpenAPI says of the routes of models: enough to write, or to generate, a client.</summary>
public sealed class DescriptionSpec() : LibrarySpec(new SqliteLibrary())
{
    private JsonNode _document = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _document = (await App.SendAsync("GET", "/openapi/v1.json")).Body!;
    }

    [Fact]
    public void Every_reference_leads_to_a_schema()
    {
        var references = All(_document).OfType<JsonObject>().Where(node => node["$ref"] is JsonValue).Select(node => (string)node["$ref"]!).ToList();
        Assert.NotEmpty(references);
        Assert.All(references, reference => Assert.True(Schemas.ContainsKey(reference.Split('/')[^1]), reference));
    }

    [Fact]
    public void A_new_record_has_its_values_with_their_rules_and_what_is_required()
    {
        var user = Schemas["user.new"]!;
        Same("""["name"]""", user["required"]);
        Same("""{"maxLength":40,"type":"string"}""", user["properties"]!["name"]);
        Same("""{"maximum":150,"minimum":0,"type":["null","integer"]}""", user["properties"]!["age"]);
        Assert.Equal("email", (string)user["properties"]!["email"]!["format"]!);
        Assert.True((bool)user["properties"]!["password"]!["writeOnly"]!);
        Assert.Null(user["properties"]!["isAdmin"]);
        Assert.Equal("#/components/schemas/user.new", (string)_document["paths"]!["/user"]!["post"]!["requestBody"]!["content"]!["application/json"]!["schema"]!["oneOf"]![0]!["$ref"]!);
    }

    [Fact]
    public void An_answer_shows_what_is_not_hidden_and_what_is_associated()
    {
        Assert.Equal(["age", "email", "id", "name"], Names("user"));
        Assert.Equal(["artists", "cover", "id", "label", "title", "tracks"], Names("album"));
        Assert.Equal("#/components/schemas/track", (string)Schemas["album"]!["properties"]!["tracks"]!["items"]!["$ref"]!);
        Assert.Equal(["name", "town"], NamesOf(Schemas["gadget"]!["properties"]!["maker"]!));
        var answers = _document["paths"]!["/album"]!["get"]!["responses"]!;
        Assert.Equal("#/components/schemas/album", (string)answers["200"]!["content"]!["application/json"]!["schema"]!["items"]!["$ref"]!);
        Assert.Equal("#/components/schemas/Refusal", (string)answers["400"]!["content"]!["application/json"]!["schema"]!["$ref"]!);
    }

    [Fact]
    public void A_change_requires_nothing_and_leaves_the_key_alone()
    {
        Assert.Equal(["age", "email", "name", "password"], Names("user.changes"));
        Assert.Null(Schemas["user.changes"]!["required"]);
        Assert.Contains("version", Names("gadget.changes"));
    }

    [Fact]
    public void Keys_enums_and_dates_are_described_as_they_are_written()
    {
        var gadget = Schemas["gadget"]!["properties"]!;
        Assert.Equal("uuid", (string)gadget["id"]!["format"]!);
        Assert.Equal("date", (string)gadget["madeOn"]!["format"]!);
        Same("""["mains","battery","windUp"]""", gadget["power"]!["enum"]);
        var key = _document["paths"]!["/seat/{id}"]!["get"]!["parameters"]!.AsArray().Single(parameter => (string)parameter!["in"]! == "path")!;
        Assert.Equal("string", (string)key["schema"]!["type"]!);
    }

    [Fact]
    public void Associations_take_keys_and_answer_with_records()
    {
        var album = _document["paths"]!["/album/{parentid}/artists"]!;
        Same("""{"type":"array","items":{"type":"string","format":"uuid"}}""", album["put"]!["requestBody"]!["content"]!["application/json"]!["schema"]);
        Assert.Equal("#/components/schemas/artist", (string)album["get"]!["responses"]!["200"]!["content"]!["application/json"]!["schema"]!["items"]!["$ref"]!);
        Assert.Contains(album["get"]!["parameters"]!.AsArray(), parameter => (string)parameter!["name"]! == "where");
        Assert.Equal(["parentid", "childid"], _document["paths"]!["/album/{parentid}/artists/{childid}"]!["put"]!["parameters"]!.AsArray()
            .Where(parameter => (string)parameter!["in"]! == "path").Select(parameter => (string)parameter!["name"]!));
    }

    private JsonObject Schemas => _document["components"]!["schemas"]!.AsObject();

    private List<string> Names(string schema) => NamesOf(Schemas[schema]!);

    private List<string> NamesOf(JsonNode schema) => schema["$ref"] is { } reference
        ? Names(((string)reference!).Split('/')[^1])
        : [.. schema["properties"]!.AsObject().Select(property => property.Key).Order(StringComparer.Ordinal)];

    private static IEnumerable<JsonNode> All(JsonNode node) => (node switch
    {
        JsonObject inner => inner.Select(property => property.Value),
        JsonArray inner => inner,
        _ => [],
    }).OfType<JsonNode>().SelectMany(All).Prepend(node);
}
