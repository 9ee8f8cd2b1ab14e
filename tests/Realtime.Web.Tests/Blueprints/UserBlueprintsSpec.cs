using Microsoft.EntityFrameworkCore;
using Realtime.Web.Tests.Models;

namespace Realtime.Web.Tests.Blueprints;

public sealed class UserBlueprintsOnSqliteSpec() : UserBlueprintsSpec(new SqliteLibrary());

public sealed class UserBlueprintsOnPostgresSpec() : UserBlueprintsSpec(new PostgresLibrary());

/// <summary>The life of a record of a model without associations, over HTTP and over a socket.</summary>
public abstract class UserBlueprintsSpec(LibraryStore store) : LibrarySpec(store)
{
    /// <summary>Contract P-11, B-24, B-34.</summary>
    [SkippableFact]
    public async Task Creating_a_user_answers_with_it_and_tells_the_watchers()
    {
        var (status, body) = await App.SendAsync("POST", "/user", """{"name":"johnny five","age":"7","shoeSize":44}""");

        Assert.Equal(200, status);
        Same("""{"id":1,"name":"johnny five","email":null,"age":7}""", body);
        Assert.Equal(
            ["""user {"verb":"created","id":1,"data":{"id":1,"age":7,"email":null,"name":"johnny five"}}"""], await Topics.EventsAsync(1));
        Assert.Null(Topics.Published[0].Omit);
    }

    /// <summary>Contract P-12, B-35, B-45.</summary>
    [SkippableFact]
    public async Task Updating_a_user_tells_what_changed_and_what_was()
    {
        await App.GivenAsync(new User { Name = "Ann", Age = 30 });

        var (status, body) = await App.SendAsync("PATCH", "/user/1", """{"name":"Anna","age":30,"id":9}""");

        Assert.Equal(200, status);
        Same("""{"id":1,"name":"Anna","email":null,"age":30}""", body);
        Assert.Equal(
            """user {"verb":"updated","id":1,"data":{"id":1,"name":"Anna"},"previous":{"id":1,"age":30,"email":null,"name":"Ann"}}""",
            (await Topics.EventsAsync(2))[1]);
    }

    /// <summary>Contract P-28: only real changes.</summary>
    [SkippableFact]
    public async Task An_update_that_changes_nothing_tells_nobody()
    {
        await App.GivenAsync(new User { Name = "Ann" });
        Assert.Empty(await EventsOfAsync(() => App.SendAsync("PATCH", "/user/1", """{"name":"Ann"}""")));
    }

    /// <summary>Contract P-13, B-36.</summary>
    [SkippableFact]
    public async Task Destroying_a_user_answers_with_it_and_tells_what_was()
    {
        await App.GivenAsync(new User { Name = "Ann" });

        var (status, body) = await App.SendAsync("DELETE", "/user/1");

        Assert.Equal(200, status);
        Same("""{"id":1,"name":"Ann","email":null,"age":null}""", body);
        Assert.Equal(
            """user {"verb":"destroyed","id":1,"previous":{"id":1,"age":null,"email":null,"name":"Ann"}}""", (await Topics.EventsAsync(2))[1]);
        Assert.Equal(404, (await App.SendAsync("GET", "/user/1")).Status);
    }

    /// <summary>Contract B-48: as deep as it may be.</summary>
    [SkippableFact]
    public async Task What_is_hidden_in_an_object_of_a_record_is_stored_and_never_shown()
    {
        var events = await EventsOfAsync(async () =>
        {
            var (_, created) = await App.SendAsync("POST", "/gadget", """{"maker":{"name":"Ann","secret":"psst"}}""");
            Assert.Equal("""{"name":"Ann","town":null}""", created!["maker"]!.ToJsonString());
            var (_, updated) = await App.SendAsync("PATCH", $"/gadget/{created["id"]}", """{"maker":{"name":"Bob","secret":"psst!"}}""");
            Assert.Equal("""{"name":"Bob","town":null}""", updated!["maker"]!.ToJsonString());
        });
        Assert.Equal(2, events.Length);
        Assert.All(events, happened => Assert.DoesNotContain("psst", happened, StringComparison.Ordinal));
        Assert.Equal("psst!", await App.WithAsync(async library => (await library.Gadgets.FirstAsync(gadget => gadget.Maker!.Name == "Bob")).Maker!.Secret));
    }

    /// <summary>Contract B-48: neither answers nor events show what is hidden.</summary>
    [SkippableFact]
    public async Task A_hidden_attribute_is_stored_and_never_shown()
    {
        var (_, created) = await App.SendAsync("POST", "/user", """{"name":"Ann","password":"secret-1","isAdmin":true}""");
        var (_, updated) = await App.SendAsync("PATCH", "/user/1", """{"name":"Anna","password":"secret-2"}""");
        var (_, found) = await App.SendAsync("GET", "/user");
        var events = await Topics.EventsAsync(2);

        Assert.DoesNotContain("secret", string.Concat(events) + created + updated + found, StringComparison.Ordinal);
        Assert.Equal(("secret-2", false), await App.WithAsync(async library =>
            await library.Users.FindAsync(1) is { } user ? (user.Password, user.IsAdmin) : default));
        Assert.Equal(400, (await App.SendAsync("GET", "/user?password=secret-2")).Status);
    }

    /// <summary>Contract B-24, B-25.</summary>
    [SkippableTheory]
    [InlineData("GET", "/user/5", null)]
    [InlineData("PATCH", "/user/5", "{}")]
    [InlineData("DELETE", "/user/5", null)]
    public async Task Who_is_not_there_is_not_found(string method, string url, string? body)
    {
        var (status, text) = await App.SendAsync(method, url, body);
        Assert.Equal((404, "Not Found"), (status, (string)text!));
    }

    /// <summary>Contract B-27, with a list of what is wrong attribute by attribute.</summary>
    [SkippableTheory]
    [InlineData("""{}""", "name", "required")]
    [InlineData("""{"name":null}""", "name", "required")]
    [InlineData("""{"name":"Ann","age":200}""", "age", "between")]
    [InlineData("""{"name":"Ann","age":"old"}""", "age", "whole number")]
    [InlineData("""{"name":"Ann","email":"nobody"}""", "email", "e-mail")]
    [InlineData("""{"name":"12345678901234567890123456789012345678901"}""", "name", "40")]
    public async Task A_record_that_breaks_a_rule_is_refused(string body, string attribute, string reason)
    {
        Assert.Empty(await EventsOfAsync(async () =>
        {
            var (status, refusal) = await App.SendAsync("POST", "/user", body);
            Assert.Equal((400, "E_INVALID_NEW_RECORD"), (status, (string)refusal!["code"]!));
            Assert.Contains(reason, (string)refusal["errors"]![attribute]![0]!, StringComparison.Ordinal);
            Assert.Contains(reason, (string)refusal["details"]!, StringComparison.Ordinal);
            Assert.Contains("POST /user", (string)refusal["message"]!, StringComparison.Ordinal);
        }));
    }

    /// <summary>Contract B-28.</summary>
    [SkippableFact]
    public async Task A_value_that_is_taken_is_refused_by_name()
    {
        await App.GivenAsync(new User { Name = "Ann", Email = "ann@example.org" });

        var (status, refusal) = await App.SendAsync("POST", "/user", """{"name":"Bob","email":"ann@example.org"}""");

        Assert.Equal((400, "E_UNIQUE", "user"), (status, (string)refusal!["code"]!, (string)refusal["modelIdentity"]!));
        Same("""["email"]""", refusal["attrNames"]);
    }

    [SkippableTheory]
    [InlineData("GET", "/user/one", null, "E_INVALID_CRITERIA")]
    [InlineData("DELETE", "/user", null, "E_INVALID_CRITERIA")]
    [InlineData("GET", "/user?where={", null, "E_INVALID_CRITERIA")]
    [InlineData("GET", "/user?populate=friends", null, "E_INVALID_POPULATES")]
    [InlineData("POST", "/user", "{", "invalid_request")]
    public async Task A_request_that_makes_no_sense_is_refused(string method, string url, string? body, string code)
    {
        var (status, refusal) = await App.SendAsync(method, url, body);
        Assert.Equal((400, code), (status, (string)refusal!["code"]!));
    }

    /// <summary>Contract B-18.</summary>
    [SkippableFact]
    public async Task A_list_creates_each()
    {
        var (_, body) = await App.SendAsync("POST", "/user", """[{"name":"Ann"},{"name":"Bob"}]""");

        Assert.Equal(["Ann", "Bob"], body!.AsArray().Select(user => (string)user!["name"]!));
        Assert.Equal(2, (await Topics.EventsAsync(2)).Length);
    }

    /// <summary>Contract B-10 to B-13.</summary>
    [SkippableFact]
    public async Task Finding_filters_sorts_pages_and_selects()
    {
        await App.SendAsync("POST", "/user", """[{"name":"Ann","age":1},{"name":"Bob","age":2},{"name":"Cid","age":3},{"name":"Dan"}]""");

        var (_, body) = await App.SendAsync("GET", """/user?where={"age":{">":0}}&sort=name desc&limit=2&select=name""");

        Same("""[{"id":3,"name":"Cid"},{"id":2,"name":"Bob"}]""", body);
    }

    /// <summary>Contract B-31, D-4.</summary>
    [SkippableFact]
    public async Task Finding_over_a_socket_watches_the_model_and_subscribes_to_what_it_found()
    {
        await App.SendAsync("POST", "/user", """[{"name":"Ann"},{"name":"Bob"}]""");
        await App.SendAsync("GET", "/user?name=Bob", overSocket: true);
        Assert.Equal(["watch user", "subscribe user 2"], Topics.Calls);
    }

    /// <summary>Contract B-32.</summary>
    [SkippableFact]
    public async Task Getting_one_over_a_socket_subscribes_to_it_only()
    {
        await App.GivenAsync(new User { Name = "Ann" });
        await App.SendAsync("GET", "/user/1", overSocket: true);
        Assert.Equal(["subscribe user 1"], Topics.Calls);
    }

    /// <summary>Contract B-34 to B-36, D-10.</summary>
    [SkippableFact]
    public async Task A_socket_does_not_hear_of_its_own_changes()
    {
        await App.SendAsync("POST", "/user", """{"name":"Ann"}""", overSocket: true);
        await App.SendAsync("PATCH", "/user/1", """{"name":"Anna"}""", overSocket: true);
        await App.SendAsync("DELETE", "/user/1", overSocket: true);

        await Topics.EventsAsync(3);
        Assert.All(Topics.Published, happened => Assert.Equal(LibraryApp.Ann, happened.Omit));
        Assert.Equal(["subscribe user 1", "subscribe user 1"], Topics.Calls);
    }
}
