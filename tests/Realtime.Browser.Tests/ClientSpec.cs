namespace Realtime.Browser.Tests;

/// <summary>The JavaScript client in pages of an application: as a script tag, and as a module.</summary>
[Collection(nameof(Chromium))]
public sealed class ClientSpec(Chromium chromium)
{
    /// <summary>Contract C-1.</summary>
    [SkippableTheory]
    [InlineData(ClientPage.Script)]
    [InlineData(ClientPage.Module)]
    public async Task A_page_has_a_socket_that_connects_by_itself(string load)
    {
        await using var page = await ClientPage.OpenAsync(chromium, load);
        await page.WaitAsync("window.io?.socket?.isConnected()");
        var room = $"page-{Guid.NewGuid():n}";
        await page.RunAsync($$"""
            window.heard = [];
            io.socket.on('hello', data => heard.push(data));
            await io.socket.room('{{room}}').join();
            """);
        await chromium.Host.BroadcastAsync(room, "hello", "Hello to all my fun sockets!");
        await page.WaitAsync("heard.length === 1");
        Assert.Equal("Hello to all my fun sockets!", await page.Page.EvaluateAsync<string>("heard[0]"));
    }

    /// <summary>Contract C-1, C-4.</summary>
    [SkippableTheory]
    [InlineData("<script src='/realtime.js' autoConnect='false'></script>")]
    [InlineData("<script src='/realtime.js' data-autoConnect='false' autoConnect='true'></script>")]
    [InlineData("<script src='/realtime.js'></script><script>io.sails.autoConnect = false</script>")]
    [InlineData(ClientPage.QuietModule)]
    public async Task A_page_can_switch_that_off(string load)
    {
        await using var page = await ClientPage.OpenAsync(chromium, load);
        await page.WaitAsync("window.io && io.socket === undefined");
        await page.RunAsync("window.mine = io.sails.connect();");
        await page.WaitAsync("mine.isConnected()");
    }

    /// <summary>Contract C-4.</summary>
    [SkippableFact]
    public async Task Attributes_of_the_script_tag_are_settings()
    {
        await using var page = await ClientPage.OpenAsync(chromium, """
            <script src='/realtime.js' headers='{"x-a":"1"}' data-transports='["polling"]' environment='production' autoConnect='false'></script>
            """);
        await page.WaitAsync("window.io");
        var settings = await page.Page.EvaluateAsync<string>("JSON.stringify([io.sails.headers, io.sails.transports, io.sails.environment])");
        Assert.Equal("""[{"x-a":"1"},["polling"],"production"]""", settings);
    }

    /// <summary>Contract L-9: where WebSockets do not come through.</summary>
    [SkippableTheory]
    [InlineData("polling")]
    [InlineData("sse")]
    public async Task Other_transports_work_too(string transport)
    {
        await using var page = await ClientPage.OpenAsync(chromium, $"<script src='/realtime.js' transports='[\"{transport}\"]'></script>");
        await page.WaitAsync("window.io?.socket?.isConnected()");
        var room = $"page-{Guid.NewGuid():n}";
        await page.RunAsync($"window.heard = []; io.socket.room('{room}').on('n', n => heard.push(n)); await io.socket.room('{room}').join();");
        for (var n = 0; n < 5; n++)
            await chromium.Host.BroadcastAsync(room, "n", n);
        await page.WaitAsync("heard.length === 5");
        Assert.Equal(Enumerable.Range(0, 5), await page.Page.EvaluateAsync<int[]>("heard"));
    }

    /// <summary>Contract C-21.</summary>
    [SkippableTheory, InlineData(ClientPage.QuietScript), InlineData(ClientPage.QuietModule)]
    public async Task A_thousand_requests_that_were_made_without_a_connection_are_all_answered_in_order_and_done_once(string load)
    {
        await using var host = await HostProcess.StartAsync();
        await using var page = await ClientPage.OpenAsync(chromium, load + ClientPage.SocketOnCable, host.Url);
        await page.WaitAsync("window.socket?.isConnected()");
        await page.RunAsync("""
            cable.cut();
            const answers = Array.from({ length: 1000 }, (_, n) => socket.post('/user', { name: `user ${n}` }));
            if (socket.isConnected()) throw new Error('There is a connection.');
            cable.mend();
            window.names = (await Promise.all(answers)).map(jwr => jwr.error ?? jwr.body.name);
            window.stored = (await socket.get('/user?limit=1001')).body.length;
            """);
        Assert.Equal(Enumerable.Range(0, 1000).Select(n => $"user {n}"), await page.Page.EvaluateAsync<string[]>("names"));
        Assert.Equal(1000, await page.Page.EvaluateAsync<int>("stored"));
    }
}
