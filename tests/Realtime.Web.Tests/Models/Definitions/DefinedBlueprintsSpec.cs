using System.Text.Json.Nodes;

namespace Realtime.Web.Tests.Models.Definitions;

public sealed class DefinedBlueprintsOnSqliteSpec() : DefinedBlueprintsSpec(new DefinedOnSqlite());

public sealed class DefinedBlueprintsOnPostgresSpec() : DefinedBlueprintsSpec(new DefinedOnPostgres());

/// <summary>Models of JSON files behave as those of classes do: routes, criteria, associations, events, refusals.</summary>
public abstract class DefinedBlueprintsSpec(DefinedStore store) : IAsyncLifetime
{
    private DefinedApp? _app;

    private DefinedApp App => _app!;

    public async Task InitializeAsync()
    {
        store.Define("user", """
            {
              "attributes": {
                "name": { "type": "string", "required": true, "minLength": 2 },
                "email": { "type": "string", "allowNull": true, "unique": true, "isEmail": true },
                "age": { "type": "integer", "min": 0, "max": 150, "allowNull": true },
                "password": { "type": "string", "hidden": true },
                "karma": { "type": "number", "defaultsTo": 0.5, "readOnly": true },
                "active": { "type": "boolean", "defaultsTo": true },
                "role": { "type": "string", "defaultsTo": "guest", "isIn": ["guest", "admin"] },
                "settings": { "type": "json", "columnName": "prefs" },
                "pets": { "collection": "pet", "via": "owner" },
                "groups": { "collection": "group", "via": "members" }
              }
            }
            """);
        store.Define("pet", """
            {
              "attributes": {
                "name": "string",
                "born": { "type": "date", "isAfter": "2000-01-01" },
                "owner": { "model": "user" },
                "createdAt": { "type": "datetime", "autoCreatedAt": true },
                "updatedAt": { "type": "number", "autoUpdatedAt": true }
              }
            }
            """);
        store.Define("group", """
            {
              "attributes": {
                "id": { "type": "uuid" },
                "title": { "type": "string", "required": true },
                "members": { "collection": "user", "via": "groups" }
              }
            }
            """);
        store.Define("badge", """
            {
              "attributes": {
                "id": { "type": "string" },
                "holder": { "model": "user", "required": true },
                "likes": { "collection": "pet" }
              }
            }
            """);
        _app = await DefinedApp.StartAsync(store);
    }

    public async Task DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
        store.Dispose();
    }

    /// <summary>Contract P-11, B-24, B-34: defaults, base values, hidden and read-only attributes.</summary>
    [SkippableFact]
    public async Task A_new_record_has_defaults_and_its_watchers_hear_of_it()
    {
        var body = await App.DoAsync("POST", "/user", """{"name":"johnny five","age":"7","password":"secret","karma":9,"shoeSize":44}""");

        Same("""
            {"id":1,"active":true,"age":7,"email":null,"karma":0.5,"name":"johnny five","role":"guest","settings":null,"groups":[],"pets":[]}
            """, body);
        Assert.Equal(
            ["""user {"verb":"created","id":1,"data":{"id":1,"active":true,"age":7,"email":null,"karma":0.5,"name":"johnny five","role":"guest","settings":null}}"""],
            await App.Topics.EventsAsync(1));
    }

    /// <summary>Contract B-27: every rule that is broken is named with its attribute.</summary>
    [SkippableTheory]
    [InlineData("""{}""", "name", "The attribute \"name\" is required.")]
    [InlineData("""{"name":""}""", "name", "The attribute \"name\" is required.")]
    [InlineData("""{"name":null}""", "name", "The attribute \"name\" is required.")]
    [InlineData("""{"name":"x"}""", "name", "The attribute \"name\" must have 2 characters or more.")]
    [InlineData("""{"name":"Ann","email":"nobody"}""", "email", "The attribute \"email\" must be an email address.")]
    [InlineData("""{"name":"Ann","age":151}""", "age", "The attribute \"age\" must be 150 or less.")]
    [InlineData("""{"name":"Ann","age":1.5}""", "age", "The attribute \"age\" takes a whole number of type Int64, not 1.5.")]
    [InlineData("""{"name":"Ann","role":"root"}""", "role", "The attribute \"role\" must be one of guest, admin.")]
    [InlineData("""{"name":"Ann","active":null}""", "active", "The attribute \"active\" cannot be null.")]
    [InlineData("""{"name":"Ann","active":"perhaps"}""", "active", "The attribute \"active\" takes true or false, not \"perhaps\".")]
    public async Task A_broken_rule_is_refused_with_its_attribute_and_changes_nothing(string json, string attribute, string sentence)
    {
        var (status, body) = await App.SendAsync("POST", "/user", json);

        Assert.Equal((400, "E_INVALID_NEW_RECORD"), (status, (string)body!["code"]!));
        Assert.Equal(sentence, (string)body["errors"]![attribute]![0]!);
        Assert.Equal(sentence, (string)body["details"]!);
        Same("[]", await App.DoAsync("GET", "/user"));
    }

    /// <summary>Contract B-27.</summary>
    [SkippableFact]
    public async Task An_update_that_breaks_a_rule_is_refused_too()
    {
        await App.DoAsync("POST", "/user", """{"name":"Ann"}""");
        var (status, body) = await App.SendAsync("PATCH", "/user/1", """{"name":"A","age":-1}""");
        Assert.Equal((400, "E_INVALID_VALUES_TO_SET"), (status, (string)body!["code"]!));
        Same("""{"age":["The attribute \"age\" must be 0 or more."],"name":["The attribute \"name\" must have 2 characters or more."]}""", body["errors"]);
    }

    /// <summary>Contract B-28.</summary>
    [SkippableFact]
    public async Task A_value_that_another_record_has_is_refused_as_not_unique()
    {
        await App.DoAsync("POST", "/user", """{"name":"Ann","email":"ann@example.com"}""");
        await App.DoAsync("POST", "/user", """{"name":"Bob"}""");
        await App.DoAsync("POST", "/user", """{"name":"Cleo"}""");

        var (status, body) = await App.SendAsync("PATCH", "/user/2", """{"email":"ann@example.com"}""");

        Assert.Equal(400, status);
        Same("""
            {"code":"E_UNIQUE","message":"The request PATCH /user/2 could not be done. Another user has the same email.","modelIdentity":"user","attrNames":["email"]}
            """, body);
    }

    /// <summary>Contract P-12, B-35, B-45.</summary>
    [SkippableFact]
    public async Task A_changed_record_tells_what_changed_and_what_was()
    {
        await App.DoAsync("POST", "/user", """{"name":"Ann","settings":{"theme":"dark"}}""");
        await App.DoAsync("PATCH", "/user/1", """{"name":"Ann","settings":{"theme":"dark"}}""");
        await App.DoAsync("PATCH", "/user/1", """{"settings":{"theme":["light",1]}}""");

        var events = await App.Topics.EventsAsync(2);
        Assert.StartsWith("""user {"verb":"updated","id":1,"data":{"id":1,"settings":{"theme":["light",1]}},"previous":{"id":1,""", events[1], StringComparison.Ordinal);
        Assert.Contains("\"settings\":{\"theme\":\"dark\"}", events[1], StringComparison.Ordinal);
        Same("""{"theme":["light",1]}""", (await App.DoAsync("GET", "/user/1"))["settings"]);
    }

    /// <summary>Contract B-10, B-12, B-20.</summary>
    [SkippableTheory]
    [InlineData("""/user?where={"age":{">":30}}&sort=name DESC""", "Cleo,Bob")]
    [InlineData("""/user?where={"or":[{"name":{"startsWith":"An"}},{"email":"bob@example.com"}]}&sort=name""", "Ann,Bob")]
    [InlineData("/user?active=false", "Cleo")]
    [InlineData("/user?sort=age DESC&limit=1", "Cleo")]
    public async Task Records_are_found_by_the_criteria_of_the_contract(string url, string names)
    {
        await App.DoAsync("POST", "/user", """{"name":"Ann","age":30}""");
        await App.DoAsync("POST", "/user", """{"name":"Bob","age":31,"email":"bob@example.com"}""");
        await App.DoAsync("POST", "/user", """{"name":"Cleo","age":32,"active":false}""");
        Assert.Equal(names, string.Join(',', (await App.DoAsync("GET", url)).AsArray().Select(user => (string)user!["name"]!)));
    }

    /// <summary>Criteria know neither what is hidden nor what is JSON.</summary>
    [SkippableTheory]
    [InlineData("/user?password=secret")]
    [InlineData("/user?sort=password")]
    [InlineData("/user?settings=1")]
    public async Task Criteria_about_what_is_hidden_or_json_are_refused(string url)
    {
        var (status, body) = await App.SendAsync("GET", url);
        Assert.Equal((400, "E_INVALID_CRITERIA"), (status, (string)body!["code"]!));
    }

    /// <summary>Contract P-20, P-22, P-27: one-to-many, both sides hear.</summary>
    [SkippableFact]
    public async Task A_pet_and_its_owner_know_each_other()
    {
        await App.DoAsync("POST", "/user", """{"name":"Ann"}""");
        var pet = await App.DoAsync("POST", "/pet", """{"name":"Rex","owner":1,"born":"2020-02-29"}""");

        Assert.Equal("Ann", (string)pet["owner"]!["name"]!);
        Assert.Equal("2020-02-29", (string)pet["born"]!);
        Assert.Equal("Rex", (string)(await App.DoAsync("GET", "/user/1/pets")).AsArray().Single()!["name"]!);
        Assert.Equal("Ann", (string)(await App.DoAsync("GET", "/pet/1/owner"))["name"]!);
        var events = await App.Topics.EventsAsync(3);
        Assert.Equal("""user {"verb":"addedTo","id":1,"attribute":"pets","addedId":1,"addedIds":[1]}""", events[1]);

        await App.DoAsync("DELETE", "/user/1/pets/1");
        events = await App.Topics.EventsAsync(5);
        Assert.Equal("""pet {"verb":"updated","id":1,"data":{"owner":null}}""", events[3..].Single(happened => happened.StartsWith("pet", StringComparison.Ordinal)));
        Assert.Equal("""user {"verb":"removedFrom","id":1,"attribute":"pets","removedId":1,"removedIds":[1]}""", events[3..].Single(happened => happened.StartsWith("user", StringComparison.Ordinal)));
    }

    /// <summary>Contract P-24: a pet is left behind by its owner; who must have a holder holds on to it.</summary>
    [SkippableFact]
    public async Task A_destroyed_owner_leaves_pets_behind_but_not_badges()
    {
        await App.DoAsync("POST", "/user", """{"name":"Ann"}""");
        await App.DoAsync("POST", "/pet", """{"name":"Rex","owner":1}""");
        await App.DoAsync("POST", "/badge", """{"id":"gold","holder":1}""");

        var (status, body) = await App.SendAsync("DELETE", "/user/1");
        Assert.Equal((400, "E_IN_USE"), (status, (string)body!["code"]!));
        await App.DoAsync("DELETE", "/badge/gold");
        await App.DoAsync("DELETE", "/user/1");

        Assert.Null((await App.DoAsync("GET", "/pet/1"))["owner"]);
        (status, body) = await App.SendAsync("POST", "/badge", """{"id":"silver"}""");
        Assert.Equal((400, "The attribute \"holder\" is required."), (status, (string)body!["errors"]!["holder"]![0]!));
    }

    /// <summary>Contract P-13: with its associations, as far as everybody may read them.</summary>
    [SkippableFact]
    public async Task A_destroyed_record_is_told_with_what_it_was_associated_with()
    {
        await App.DoAsync("POST", "/user", """{"name":"Ann"}""");
        await App.DoAsync("POST", "/pet", """{"name":"Rex","owner":1}""");
        await App.DoAsync("DELETE", "/user/1");

        var destroyed = (await App.Topics.EventsAsync(5)).Single(happened => happened.StartsWith("user {\"verb\":\"destroyed\"", StringComparison.Ordinal));
        Assert.Equal("Rex", (string)JsonNode.Parse(destroyed["user ".Length..])!["previous"]!["pets"]![0]!["name"]!);
    }

    /// <summary>Contract P-20, P-21, P-27: many-to-many by a join table, keys of two types.</summary>
    [SkippableFact]
    public async Task Members_and_their_groups_know_each_other()
    {
        await App.DoAsync("POST", "/user", """{"name":"Ann"}""");
        await App.DoAsync("POST", "/user", """{"name":"Bob"}""");
        var group = (string)(await App.DoAsync("POST", "/group", """{"title":"Birders","members":[1]}"""))["id"]!;
        await App.DoAsync("PUT", $"/user/2/groups/{group}");
        await App.DoAsync("PUT", $"/user/2/groups/{group}");

        Same("[1,2]", new JsonArray([.. (await App.DoAsync("GET", $"/group/{group}/members")).AsArray().Select(user => user!["id"]!.DeepClone())]));
        var events = await App.Topics.EventsAsync(6);
        Assert.Equal($$"""group {"verb":"addedTo","id":"{{group}}","attribute":"members","addedId":2,"addedIds":[2]}""", events.Last(happened => happened.StartsWith("group {\"verb\":\"addedTo\"", StringComparison.Ordinal)));
        Assert.Contains($$"""user {"verb":"addedTo","id":2,"attribute":"groups","addedId":"{{group}}","addedIds":["{{group}}"]}""", events);

        Same("[]", (await App.DoAsync("PUT", $"/group/{group}/members", "[]"))["members"]);
        Same("[]", (await App.DoAsync("GET", "/user/2"))["groups"]);
    }

    /// <summary>A collection without <c>via</c> is known at one end only.</summary>
    [SkippableFact]
    public async Task A_collection_may_have_one_end_only()
    {
        await App.DoAsync("POST", "/user", """{"name":"Ann"}""");
        await App.DoAsync("POST", "/pet", """{"name":"Rex"}""");
        var badge = await App.DoAsync("POST", "/badge", """{"id":"gold","holder":1,"likes":[1]}""");
        Assert.Equal("Rex", (string)badge["likes"]![0]!["name"]!);
    }

    [SkippableFact]
    public async Task Timestamps_are_set_by_the_service()
    {
        var pet = await App.DoAsync("POST", "/pet", """{"name":"Rex","createdAt":"1999-01-01T00:00:00Z","updatedAt":1}""");
        Assert.True((DateTime)pet["createdAt"]! > new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Assert.True((long)pet["updatedAt"]! > 1_700_000_000_000);
        var changed = await App.DoAsync("PATCH", "/pet/1", """{"name":"Max"}""");
        Assert.Equal(pet["createdAt"]!.ToJsonString(), changed["createdAt"]!.ToJsonString());
        Assert.True((long)changed["updatedAt"]! >= (long)pet["updatedAt"]!);
        Assert.Contains("\"updatedAt\":", (await App.Topics.EventsAsync(2))[1].Split("previous")[0], StringComparison.Ordinal);
    }

    /// <summary>Contract B-31, D-4: who finds records over a socket hears of them from now on.</summary>
    [SkippableFact]
    public async Task A_socket_that_finds_records_is_subscribed_to_them()
    {
        await App.DoAsync("POST", "/pet", """{"name":"Rex"}""");
        await App.SendAsync("GET", "/pet", overSocket: true);
        Assert.Equal(["watch pet", "subscribe pet 1"], App.Topics.Calls);
    }

    private static void Same(string json, JsonNode? node) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(json), node), $"Expected {json}\nActual   {node?.ToJsonString()}");
}
