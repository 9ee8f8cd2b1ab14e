using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.SignalR.Client;
using Realtime.Testing;

namespace Realtime.Web.Tests.VirtualRequests;

/// <summary>Contract chapter 4: a connected socket calls the routes of the application.</summary>
public sealed class DispatcherSpec(Application application) : IClassFixture<Application>
{
    [Theory, InlineData(false), InlineData(true)]
    public async Task A_route_is_called_with_verb_query_headers_and_body_V2(bool messagePack)
    {
        await using var client = await application.ConnectAsync(messagePack);
        var answer = await client.RequestAsync("patch", "/echo/album/7?populate=false", new Dictionary<string, object> { ["title"] = "Heroes" },
            new() { ["X-Csrf-Token"] = "abc", ["x-number"] = 7 });
        Assert.Equal(200, answer.Status());
        var seen = answer["body"]!;
        Assert.Equal("PATCH", seen["method"].Text());
        Assert.Equal("/echo/album/7", seen["path"].Text());
        Assert.Equal("?populate=false", seen["query"].Text());
        Assert.Equal("""{"title":"Heroes"}""", seen["body"].Text());
        Assert.Equal("abc", seen["headers"]!["x-csrf-token"].Text());
        Assert.Equal("7", seen["headers"]!["x-number"].Text());
        Assert.True(seen["overSocket"]!.GetValue<bool>());
    }

    [Theory]
    [InlineData("object", """{"a":1}"""), InlineData("array", "[1,2]"), InlineData("string", "\"text\""), InlineData("number", "4.5")]
    [InlineData("null", "null"), InlineData("text", "\"bare\""), InlineData("broken", "\"{\\u0022a\\u0022:\""), InlineData("bytes", "\"AP8B\"")]
    [InlineData("latin", "\"\\u00E9\"")]
    public async Task A_body_is_a_value_V3(string kind, string expected)
    {
        foreach (var messagePack in new[] { false, true })
        {
            await using var client = await application.ConnectAsync(messagePack);
            var answer = await client.RequestAsync("get", $"/value/{kind}");
            Assert.True(answer.ContainsKey("body"));
            Assert.Equal(expected, answer["body"]?.ToJsonString() ?? "null");
            Assert.Equal(kind, answer["headers"]!["x-kind"].Text());
        }
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Without_a_body_there_is_none_V3(bool messagePack)
    {
        await using var client = await application.ConnectAsync(messagePack);
        var answer = await client.RequestAsync("get", "/value/nothing");
        Assert.Equal(204, answer.Status());
        Assert.False(answer.ContainsKey("body"));
        Assert.False((await client.RequestAsync("head", "/head")).ContainsKey("body"));
    }

    [Fact]
    public async Task Cookies_that_are_set_do_not_reach_the_client_V3()
    {
        await using var client = await application.ConnectAsync();
        var answer = await client.RequestAsync("get", "/value/object");
        Assert.False(answer["headers"]!.AsObject().ContainsKey("set-cookie"));
    }

    [Fact]
    public async Task A_request_whose_answer_nobody_wants_runs_all_the_same_V4()
    {
        await using var client = await application.ConnectAsync();
        await client.SendAsync("Request", new { method = "post", url = "/seen" });
        Assert.True(await application.Signals.Seen.WaitAsync(Eventually.Patience));
    }

    [Theory]
    [InlineData("get", null), InlineData("get", ""), InlineData("get", "album"), InlineData("get", "//elsewhere/quick")]
    [InlineData("get", "http://elsewhere/quick"), InlineData("get", "javascript://x"), InlineData("trace", "/quick"), InlineData("connect", "/quick"), InlineData("get /", "/quick")]
    [InlineData("get", "/quick%00")]
    public async Task A_bad_request_is_answered_as_such_V6(string method, string? url)
    {
        await using var client = await application.ConnectAsync();
        var answer = await client.RequestAsync(method, url);
        Assert.Equal(400, answer.Status());
        Assert.Equal("invalid_request", answer.Code());
    }

    [Fact]
    public async Task What_is_no_request_at_all_is_answered_as_a_bad_one_V6()
    {
        await using var client = await application.ConnectAsync();
        foreach (var request in new object?[] { null, "/quick", 7, new object[] { 1 }, new { url = 7 }, new { url = "/quick", headers = "x" },
            new { url = "/quick", headers = new Dictionary<string, string> { ["a b"] = "c" } }, new { url = "/quick", headers = new { a = "b\r\nc: d" } } })
            Assert.Equal(400, (await client.RequestRawAsync(request)).Status());
        Assert.Equal(200, (await client.RequestRawAsync(new { url = "/quick" })).Status());
    }

    [Theory, InlineData("get"), InlineData("delete"), InlineData("put")]
    public async Task Data_is_the_body_for_every_verb_B9_V10(string method)
    {
        await using var client = await application.ConnectAsync();
        var answer = await client.RequestAsync(method, "/echo/it?a=1", new { name = "rex" });
        Assert.Equal("""{"name":"rex"}""", answer["body"]!["body"].Text());
        Assert.Equal("?a=1", answer["body"]!["query"].Text());
    }

    [Fact]
    public async Task Models_are_bound_and_validated_as_over_HTTP_V12()
    {
        await using var client = await application.ConnectAsync();
        Assert.Equal(8, (await client.RequestAsync("post", "/typed", new { name = "rex", age = 7 }))["body"]!["age"]!.GetValue<int>());
        Assert.Equal("rex", (await client.RequestAsync("delete", "/typed", new { name = "rex", age = 7 }))["body"].Text());
        Assert.Equal(400, (await client.RequestAsync("post", "/typed", new { name = "rex", age = "old" })).Status());
        Assert.Equal("rex", (await client.RequestAsync("post", "/form", "name=rex", new() { ["content-type"] = "application/x-www-form-urlencoded" }))["body"].Text());
        var created = await client.RequestAsync("post", "/pets", new { name = "rex", age = 7 });
        Assert.Equal(201, created.Status());
        Assert.Equal("/pets/rex", created["headers"]!["location"].Text());
        Assert.Equal(400, (await client.RequestAsync("post", "/pets", new { age = 7 })).Status());
    }

    [Fact]
    public async Task Middleware_filters_and_scopes_of_the_application_work_V12()
    {
        await using var client = await application.ConnectAsync();
        var answer = await client.RequestAsync("get", "/filtered");
        Assert.Equal("outer of inner", answer["body"].Text());
        Assert.Equal("ran", answer["headers"]!["x-middleware"].Text());
        Assert.True((await client.RequestAsync("get", "/accessor"))["body"]!.GetValue<bool>());
        Assert.True((await client.RequestAsync("get", "/scoped"))["body"]!.GetValue<bool>());
        Assert.True(await application.Signals.ScopesEnded.WaitAsync(Eventually.Patience));
    }

    [Fact]
    public async Task A_handler_knows_which_socket_asks_V9()
    {
        await using var client = await application.ConnectAsync();
        var hello = await client.InvokeAsync<JsonObject>("Hello");
        Assert.Equal(hello["socketId"].Text(), (await client.RequestAsync("get", "/socket"))["body"].Text());
        Assert.Equal(hello["socketId"].Text(), (await client.RequestAsync("get", "/pets/socket"))["body"].Text());
        Assert.Equal("one", (await client.RequestAsync("get", "/pets/maybe"))["body"].Text());
    }

    [Fact]
    public async Task Over_plain_HTTP_there_is_no_socket_V9()
    {
        using var http = new HttpClient { BaseAddress = application.Url };
        Assert.Equal(400, (int)(await http.GetAsync("/socket")).StatusCode);
        Assert.Equal(400, (int)(await http.GetAsync("/pets/socket")).StatusCode);
        Assert.Equal("none", await http.GetStringAsync("/pets/maybe"));
        Assert.False((await http.GetFromJsonAsync<JsonObject>("/echo/it"))!["overSocket"]!.GetValue<bool>());
    }

    [Fact]
    public async Task An_answer_is_not_compressed()
    {
        await using var client = await application.ConnectAsync();
        var answer = await client.RequestAsync("get", "/big/5000", headers: new() { ["accept-encoding"] = "gzip" });
        Assert.Equal(5000, answer["body"].Text()!.Length);
        Assert.False(answer["headers"]!.AsObject().ContainsKey("content-encoding"));
    }

    [Fact]
    public async Task A_redirect_is_not_followed_V14()
    {
        await using var client = await application.ConnectAsync();
        var answer = await client.RequestAsync("get", "/redirect");
        Assert.Equal(302, answer.Status());
        Assert.Equal("/elsewhere", answer["headers"]!["location"].Text());
    }

    [Fact]
    public async Task A_fault_is_a_500_that_gives_nothing_away_V14()
    {
        await using var client = await application.ConnectAsync();
        var answer = await client.RequestAsync("get", "/boom");
        Assert.Equal(500, answer.Status());
        Assert.Equal("internal_error", answer.Code());
        Assert.DoesNotContain("secret", answer.ToJsonString(), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(200, (await client.RequestAsync("get", "/quick")).Status());
    }

    [Fact]
    public async Task An_unmatched_route_is_not_found_V15()
    {
        await using var client = await application.ConnectAsync();
        var answer = await client.RequestAsync("get", "/nowhere");
        Assert.Equal(404, answer.Status());
        Assert.Equal("Not Found", answer["body"].Text());
        Assert.False((await client.RequestAsync("get", "/value/unknown")).ContainsKey("body"));
    }

    [Theory, InlineData("/realtime"), InlineData("/realtime/negotiate?negotiateVersion=1"), InlineData("/x/../realtime")]
    public async Task A_hub_is_not_called_through_a_hub(string url)
    {
        await using var client = await application.ConnectAsync();
        var answer = await client.RequestAsync("post", url);
        Assert.Equal(501, answer.Status());
        Assert.Equal("not_supported", answer.Code());
    }

    [Fact]
    public async Task Dots_and_escapes_of_a_path_are_read_as_the_server_reads_them()
    {
        await using var client = await application.ConnectAsync();
        Assert.Equal("/echo/a b/ü", (await client.RequestAsync("get", "/x/../echo/./a%20b/ü"))["body"]!["path"].Text());
        Assert.Equal("/echo/a%2Fb", (await client.RequestAsync("get", "/echo/a%2Fb#fragment"))["body"]!["path"].Text());
        Assert.Equal("/echo/it", (await client.RequestAsync("get", new Uri(application.Url, "/echo/it").ToString()))["body"]!["path"].Text());
    }

    [Fact]
    public async Task The_socket_is_implied_when_it_joins_a_room_by_route()
    {
        await using var client = await application.ConnectAsync();
        Assert.Equal(200, (await client.RequestAsync("post", "/rooms/den%2F1/join")).Status());
        Assert.Equal(["den/1"], await client.InvokeAsync<string[]>("Rooms"));
    }
}
