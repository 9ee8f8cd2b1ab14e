using Microsoft.AspNetCore.SignalR.Client;
using Realtime.Web.Tests.VirtualRequests;

namespace Realtime.Web.Tests.HttpSessions;

/// <summary>Contract V-18: what requests of one session change at the same time.</summary>
public sealed class SessionTurnsSpec(BusyApplication application) : IClassFixture<BusyApplication>
{
    [Theory, InlineData(5), InlineData(50)]
    public async Task Increments_at_the_same_time_over_one_socket_lose_nothing_V18(int increments)
    {
        await using var client = await application.ConnectAsync();
        Assert.Equal(Enumerable.Range(1, increments), (await CountAsync(client, "/session/slow-count", increments)).Order());
        Assert.Equal(increments + 1, await CountAsync(client, "/session/count"));
    }

    [Fact]
    public async Task Increments_at_the_same_time_over_two_sockets_of_a_session_lose_nothing_V18()
    {
        var cookie = await SessionCookieAsync();
        await using var client = await application.ConnectAsync(configure: options => options.Headers["Cookie"] = cookie);
        await using var tab = await application.ConnectAsync(configure: options => options.Headers["Cookie"] = cookie);
        var counts = await Task.WhenAll(CountAsync(client, "/session/slow-count", 25), CountAsync(tab, "/session/slow-count", 25));
        Assert.Equal(Enumerable.Range(2, 50), counts.SelectMany(count => count).Order());
    }

    [Fact]
    public async Task They_run_in_the_order_in_which_they_were_sent_V18()
    {
        await using var client = await RawClient.ConnectAsync(application.Url);
        var calls = new List<string>();
        for (var i = 0; i < 20; i++)
            calls.Add(await client.RequestAsync("post", "/session/slow-count"));
        // The turn passes on before the answer is on its way: answers may overtake each other.
        var counts = new Dictionary<string, int>();
        foreach (var _ in calls)
        {
            var answer = await client.NextAsync();
            counts[answer["invocationId"].Text()!] = answer["result"]!["body"]!.GetValue<int>();
        }
        Assert.Equal(Enumerable.Range(1, calls.Count), calls.Select(call => counts[call]));
    }

    /// <summary>Neither one that reads it, nor one with nothing to do with it that has been seen before.</summary>
    [Fact]
    public async Task A_request_that_does_not_change_the_session_waits_for_none_that_does_and_holds_none_up_V18()
    {
        application.Gates["seen"].Open();
        await using var client = await application.ConnectAsync();
        Assert.Equal("elsewhere", (await client.RequestAsync("post", "/elsewhere/seen"))["body"].Text());
        var held = client.RequestAsync("post", "/session/held-count/held");
        var elsewhere = client.RequestAsync("post", "/elsewhere/out");
        await application.Gates["held"].HasAsync(1);
        await application.Gates["out"].HasAsync(1);
        Assert.Equal("elsewhere", (await client.RequestAsync("post", "/elsewhere/seen"))["body"].Text());
        Assert.Equal(200, (await client.RequestAsync("get", "/session/keys")).Status());
        Assert.Equal("quick", (await client.RequestAsync("get", "/quick"))["body"].Text());
        Assert.False(held.IsCompleted);
        application.Gates["held"].Open();
        Assert.Equal(1, (await held)["body"]!.GetValue<int>());
        Assert.Equal(2, await CountAsync(client, "/session/count"));
        Assert.False(elsewhere.IsCompleted);
        application.Gates["out"].Open();
        await elsewhere;
    }

    /// <summary>Contract V-7: the first of several has shown that none of them needs a turn, while the second still has one.</summary>
    [Fact]
    public async Task When_an_endpoint_turns_out_to_need_no_turns_nobody_overtakes_those_that_have_begun_to_wait()
    {
        await using var client = await application.ConnectAsync();
        var first = client.RequestAsync("post", "/follows/first");
        await application.Gates["first"].HasAsync(1);
        var second = client.RequestAsync("post", "/follows/second");
        await client.RequestAsync("get", "/quick"); // by now the second waits
        application.Gates["first"].Open();
        await first;
        await application.Gates["second"].HasAsync(1);

        application.Gates["third"].Open();
        var third = client.RequestAsync("post", "/follows/third");
        await client.RequestAsync("get", "/quick"); // begun after the third, which would have been answered by now
        Assert.False(third.IsCompleted);
        application.Gates["second"].Open();
        Assert.Equal("second", (await second)["body"].Text());
        Assert.Equal("third", (await third)["body"].Text());
    }

    [Fact]
    public async Task Another_session_waits_for_nothing_V18()
    {
        await using var client = await application.ConnectAsync();
        var held = client.RequestAsync("post", "/session/held-count/mine");
        await application.Gates["mine"].HasAsync(1);
        await using var other = await application.ConnectAsync();
        Assert.Equal(1, await CountAsync(other, "/session/count"));
        Assert.False(held.IsCompleted);
        application.Gates["mine"].Open();
        Assert.Equal(200, (await held).Status());
    }

    /// <summary>A safe method is taken for one that changes nothing, unless it is declared.</summary>
    [Fact]
    public async Task An_endpoint_can_be_declared_to_change_the_session_V18()
    {
        await using var client = await application.ConnectAsync();
        var counts = Enumerable.Range(0, 5).Select(_ => client.RequestAsync("get", "/session/declared/declared")).ToArray();
        await application.Gates["declared"].HasAsync(1);
        application.Gates["declared"].Open();
        Assert.Equal(Enumerable.Range(1, 5), (await Task.WhenAll(counts)).Select(answer => answer["body"]!.GetValue<int>()).Order());
    }

    /// <summary>The handler waits for what another request of its session does, a page's answer to a question say.</summary>
    [Fact]
    public async Task An_endpoint_can_be_declared_to_take_no_turn_so_that_others_may_wait_for_it_V18()
    {
        await using var client = await application.ConnectAsync();
        var told = client.RequestAsync("post", "/session/told-by/nested");
        await application.Gates["nested"].HasAsync(1);
        Assert.Equal(200, (await client.RequestAsync("post", "/session/tell/nested")).Status());
        Assert.Equal(200, (await told).Status());
        Assert.Equal("""["tells","told-by"]""", (await client.RequestAsync("get", "/session/keys"))["body"]!.ToJsonString());
    }

    private static async Task<int> CountAsync(HubConnection client, string url) => (await client.RequestAsync("post", url))["body"]!.GetValue<int>();

    private static Task<int[]> CountAsync(HubConnection client, string url, int times) =>
        Task.WhenAll(Enumerable.Range(0, times).Select(_ => CountAsync(client, url)));

    private async Task<string> SessionCookieAsync()
    {
        using var http = new HttpClient(new HttpClientHandler { UseCookies = false }) { BaseAddress = application.Url };
        using var first = await http.PostAsync("/session/count", null);
        return first.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
    }
}
