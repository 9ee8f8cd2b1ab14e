using System.Text.Json.Nodes;
using Realtime.Web.Tests.VirtualRequests;

namespace Realtime.Web.Tests.HttpSessions;

/// <summary>Contract V-16: a connection that came without a session's cookie has one session.</summary>
public sealed class AnonymousSessionSpec(BusyApplication application) : IClassFixture<BusyApplication>
{
    private static readonly string[] Keys = [.. Enumerable.Range(0, 20).Select(i => $"k{i:00}")];

    [Fact]
    public async Task First_requests_that_run_at_the_same_time_share_one_session_V16()
    {
        await using var client = await application.ConnectAsync();
        var marks = Keys.Select(key => client.RequestAsync("post", $"/session/mark/{key}/first")).ToArray();
        await application.Gates["first"].HasAsync(Keys.Length);
        application.Gates["first"].Open();
        await Task.WhenAll(marks);
        Assert.Equal(Keys, await KeysAsync(client));
    }

    /// <summary>Also when those that began before end after it.</summary>
    [Fact]
    public async Task Whichever_request_writes_first_writes_the_session_of_all_V16()
    {
        await using var client = await application.ConnectAsync();
        var slow = Keys.Select(key => client.RequestAsync("post", $"/session/mark/{key}/slow")).ToArray();
        await application.Gates["slow"].HasAsync(Keys.Length);
        for (var i = 1; i <= 3; i++)
            Assert.Equal(i, (await client.RequestAsync("post", "/session/count"))["body"]!.GetValue<int>());
        application.Gates["slow"].Open();
        await Task.WhenAll(slow);
        Assert.Equal(4, (await client.RequestAsync("post", "/session/count"))["body"]!.GetValue<int>());
        Assert.Equal(["count", .. Keys], await KeysAsync(client));
    }

    [Fact]
    public async Task All_requests_see_the_session_under_one_id_before_and_after_it_is_written_V16_V19()
    {
        await using var client = await application.ConnectAsync();
        var asked = Enumerable.Range(0, 10).Select(_ => client.RequestAsync("get", "/session/id/ids")).ToArray();
        await application.Gates["ids"].HasAsync(asked.Length);
        await client.RequestAsync("post", "/session/count");
        application.Gates["ids"].Open();
        var ids = (await Task.WhenAll(asked)).Select(answer => answer["body"].Text()).ToHashSet();
        ids.Add((await client.RequestAsync("get", "/session/id/ids"))["body"].Text());
        Assert.Single(ids);

        await using var other = await application.ConnectAsync();
        Assert.DoesNotContain((await other.RequestAsync("get", "/session/id/ids"))["body"].Text(), ids);
    }

    /// <summary>As an application does that changes the session's id when somebody logs in: by ending the session.</summary>
    [Theory, InlineData(true), InlineData(false)]
    public async Task A_session_that_the_application_ends_is_followed_by_one_new_one_V19(bool fromHandshake)
    {
        var cookie = await SessionCookieAsync();
        await using var client = await application.ConnectAsync(configure: options =>
        {
            if (fromHandshake)
                options.Headers["Cookie"] = cookie;
        });
        await client.RequestAsync("post", "/session/count");
        await client.RequestAsync("post", "/session/end");
        Assert.Empty(await KeysAsync(client));
        var gate = $"ended-{fromHandshake}";
        var marks = Keys.Select(key => client.RequestAsync("post", $"/session/mark/{key}/{gate}")).ToArray();
        await application.Gates[gate].HasAsync(Keys.Length);
        application.Gates[gate].Open();
        await Task.WhenAll(marks);
        Assert.Equal(Keys, await KeysAsync(client));
    }

    [Fact]
    public async Task A_cookie_that_cannot_be_read_is_as_good_as_none_V16()
    {
        await using var client = await application.ConnectAsync(configure: options => options.Headers["Cookie"] = ".AspNetCore.Session=forged");
        for (var i = 1; i <= 3; i++)
            Assert.Equal(i, (await client.RequestAsync("post", "/session/count"))["body"]!.GetValue<int>());
    }

    private static async Task<IEnumerable<string?>> KeysAsync(Microsoft.AspNetCore.SignalR.Client.HubConnection client) =>
        ((JsonArray)(await client.RequestAsync("get", "/session/keys"))["body"]!).Select(key => key.Text());

    private async Task<string> SessionCookieAsync()
    {
        using var http = new HttpClient(new HttpClientHandler { UseCookies = false }) { BaseAddress = application.Url };
        using var first = await http.PostAsync("/session/count", null);
        return first.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
    }
}
