using Realtime.Testing;
using Realtime.Web.VirtualRequests;

namespace Realtime.Web.Tests.VirtualRequests;

/// <summary>Contract V-16 to V-19: sessions and cookies over a socket.</summary>
public sealed class CookieJarSpec(Application application) : IClassFixture<Application>
{
    [Fact]
    public async Task A_session_that_begins_over_a_socket_lives_with_its_connection_V16_V19()
    {
        await using var client = await application.ConnectAsync();
        for (var i = 1; i <= 3; i++)
            Assert.Equal(i, (await client.RequestAsync("post", "/session/count"))["body"]!.GetValue<int>());
        await using var other = await application.ConnectAsync();
        Assert.Equal(1, (await other.RequestAsync("post", "/session/count"))["body"]!.GetValue<int>());
    }

    [Fact]
    public async Task Sockets_and_HTTP_with_the_same_cookie_share_the_session_V17()
    {
        using var http = new HttpClient { BaseAddress = application.Url };
        Assert.Equal("1", await (await http.PostAsync("/session/count", null)).Content.ReadAsStringAsync());
        var cookie = await SessionCookieAsync();
        await using var client = await application.ConnectAsync(configure: options => options.Headers["Cookie"] = cookie);
        await using var tab = await application.ConnectAsync(configure: options => options.Headers["Cookie"] = cookie);
        Assert.Equal(2, (await client.RequestAsync("post", "/session/count"))["body"]!.GetValue<int>());
        Assert.Equal(3, (await tab.RequestAsync("post", "/session/count"))["body"]!.GetValue<int>());
    }

    /// <summary>Over a socket or by HTTP: each request writes what it has changed, and no more.</summary>
    [Fact]
    public async Task Requests_that_change_a_session_at_the_same_time_do_not_undo_each_others_changes_V18()
    {
        var cookie = await SessionCookieAsync();
        await using var client = await application.ConnectAsync(configure: options => options.Headers["Cookie"] = cookie);
        using var http = new HttpClient(new HttpClientHandler { UseCookies = false }) { BaseAddress = application.Url };
        http.DefaultRequestHeaders.Add("Cookie", cookie);
        var marks = new List<Task>();
        foreach (var key in (string[])["a", "b", "c"])
            marks.Add(client.RequestAsync("post", $"/session/mark/{key}/merge"));
        marks.Add(http.PostAsync("/session/mark/d/merge", null));
        await application.Gates["merge"].HasAsync(marks.Count);
        await client.RequestAsync("post", "/session/forget/count");
        application.Gates["merge"].Open();
        await Task.WhenAll(marks);
        Assert.Equal("""["a","b","c","d"]""", (await client.RequestAsync("get", "/session/keys"))["body"]!.ToJsonString());
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_client_that_wants_no_session_has_none_V20(bool inHeader)
    {
        await using var client = await (inHeader
            ? application.ConnectAsync(configure: options => options.Headers["nosession"] = "true")
            : application.ConnectAsync(query: "?nosession=true"));
        Assert.Equal(500, (await client.RequestAsync("post", "/session/count")).Status());
        Assert.Equal(200, (await client.RequestAsync("get", "/me")).Status());
    }

    [Fact]
    public async Task A_page_of_another_origin_gets_the_cookie_of_a_session_before_it_connects_V22()
    {
        using var http = new HttpClient(new HttpClientHandler { UseCookies = false }) { BaseAddress = application.Url };
        using var answer = await http.GetAsync("/__getcookie");
        Assert.Equal(("application/javascript", "_sailsIoJSConnect();"),
            (answer.Content.Headers.ContentType!.MediaType, await answer.Content.ReadAsStringAsync()));
        var cookie = answer.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        for (var i = 1; i <= 2; i++)
        {
            await using var tab = await application.ConnectAsync(configure: options => options.Headers["Cookie"] = cookie);
            Assert.Equal(i, (await tab.RequestAsync("post", "/session/count"))["body"]!.GetValue<int>());
        }
    }

    private async Task<string> SessionCookieAsync()
    {
        using var bare = new HttpClient(new HttpClientHandler { UseCookies = false }) { BaseAddress = application.Url };
        using var first = await bare.PostAsync("/session/count", null);
        return first.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
    }

    [Fact]
    public async Task Logging_in_and_out_over_a_socket_works()
    {
        await using var client = await application.ConnectAsync();
        Assert.Equal(401, (await client.RequestAsync("get", "/secret")).Status());
        Assert.Equal(200, (await client.RequestAsync("post", "/login/ann")).Status());
        Assert.Equal("ann", (await client.RequestAsync("get", "/secret"))["body"].Text());
        await client.RequestAsync("post", "/logout");
        Assert.Equal(401, (await client.RequestAsync("get", "/secret")).Status());
    }

    [Fact]
    public async Task Who_logged_in_before_connecting_is_known_and_can_log_out()
    {
        using var http = new HttpClient(new HttpClientHandler { UseCookies = false }) { BaseAddress = application.Url };
        var cookie = (await http.PostAsync("/login/bea", null)).Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        await using var client = await application.ConnectAsync(configure: options => options.Headers["Cookie"] = cookie);
        Assert.Equal("bea", (await client.RequestAsync("get", "/me"))["body"].Text());
        await client.RequestAsync("post", "/logout");
        Assert.Equal("nobody", (await client.RequestAsync("get", "/me"))["body"].Text());
    }

    [Fact]
    public void What_answers_set_replaces_what_the_handshake_had()
    {
        var jar = new CookieJar("a=1; b=2");
        Assert.Equal("a=1; b=2", jar.For("/"));
        jar.Take(new(["a=3; path=/; httponly", "c=4; path=/admin"]));
        Assert.Equal("b=2; a=3", jar.For("/"));
        Assert.Equal("b=2; a=3; c=4", jar.For("/admin/users"));
        jar.Take(new(["b=; expires=Thu, 01 Jan 1970 00:00:00 GMT", "a=5; max-age=0"]));
        Assert.Equal("", jar.For("/").ToString());
    }
}
