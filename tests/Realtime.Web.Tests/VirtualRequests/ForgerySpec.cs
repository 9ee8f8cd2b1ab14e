namespace Realtime.Web.Tests.VirtualRequests;

/// <summary>Contract V-24 to V-26: the application's own protection against forged requests holds over sockets as it does over HTTP.</summary>
public sealed class ForgerySpec(Application application) : IClassFixture<Application>
{
    [Fact]
    public async Task A_token_that_was_granted_over_HTTP_is_spent_over_the_socket_V24_V25()
    {
        using var http = new HttpClient(new HttpClientHandler { UseCookies = false }) { BaseAddress = application.Url };
        var granted = await http.GetAsync("/csrf");
        var (token, cookie) = (await granted.Content.ReadAsStringAsync(), granted.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);

        await using var client = await application.ConnectAsync(configure: options => options.Headers["Cookie"] = cookie);
        var forged = await client.RequestAsync("post", "/guarded");
        Assert.Equal((403, "Forbidden"), (forged.Status(), forged["body"].Text()));
        Assert.Equal(403, (await client.RequestAsync("post", "/guarded", headers: new() { ["x-csrf-token"] = "wrong" })).Status());
        Assert.Equal("spent", (await client.RequestAsync("post", "/guarded", headers: new() { ["X-CSRF-Token"] = token }))["body"].Text());

        // It is bound to the cookie, and so to whom it was granted.
        await using var other = await application.ConnectAsync();
        Assert.Equal(403, (await other.RequestAsync("post", "/guarded", headers: new() { ["x-csrf-token"] = token })).Status());
    }

    [Fact]
    public async Task Rules_for_pages_of_other_origins_do_not_block_virtual_requests_V26()
    {
        await using var client = await application.ConnectAsync(configure: options => options.Headers["Origin"] = "https://pages.example");
        Assert.Equal("read", (await client.RequestAsync("get", "/cors"))["body"].Text());
    }
}
