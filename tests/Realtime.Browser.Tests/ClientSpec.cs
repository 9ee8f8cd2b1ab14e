namespace Realtime.Browser.Tests;

/// <summary>The JavaScript client in pages of an application: as a script tag, and as a module.</summary>
[Collection(nameof(Chromium))]
public sealed class ClientSpec(Chromium chromium)
{
    private const string Module = "<script type='module'>import io from '/realtime.mjs'; window.io = io;</script>";

    /// <summary>Contract C-1.</summary>
    [SkippableTheory]
    [InlineData("<script src='/realtime.js'></script>")]
    [InlineData(Module)]
    public async Task A_page_has_a_socket_that_connects_by_itself(string load)
    {
        await using var page = await PageAsync(load);
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
    public async Task A_page_can_switch_that_off(string load)
    {
        await using var page = await PageAsync(load);
        await page.WaitAsync("window.io && io.socket === undefined");
        await page.RunAsync("window.mine = io.sails.connect();");
        await page.WaitAsync("mine.isConnected()");
    }

    /// <summary>Contract C-4.</summary>
    [SkippableFact]
    public async Task Attributes_of_the_script_tag_are_settings()
    {
        await using var page = await PageAsync("""
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
        await using var page = await PageAsync($"<script src='/realtime.js' transports='[\"{transport}\"]'></script>");
        await page.WaitAsync("window.io?.socket?.isConnected()");
        var room = $"page-{Guid.NewGuid():n}";
        await page.RunAsync($"window.heard = []; io.socket.room('{room}').on('n', n => heard.push(n)); await io.socket.room('{room}').join();");
        for (var n = 0; n < 5; n++)
            await chromium.Host.BroadcastAsync(room, "n", n);
        await page.WaitAsync("heard.length === 5");
        Assert.Equal(Enumerable.Range(0, 5), await page.Page.EvaluateAsync<int[]>("heard"));
    }

    /// <summary>A tab that sleeps has its connection taken away, and finds it broken when it wakes.</summary>
    [SkippableFact]
    public async Task A_page_whose_network_goes_and_comes_back_has_missed_nothing()
    {
        await using var page = await PageAsync("""
            <script src='/realtime.js' data-autoConnect='false'></script>
            <script type='module'>
              import { Cable } from '/demo/cable.js';
              window.cable = new Cable();
              window.socket = io.sails.connect({ WebSocket: cable.WebSocket, reconnectionDelay: 20, reconnectionDelayMax: 200 });
            </script>
            """);
        await page.WaitAsync("window.socket?.isConnected()");
        var room = $"page-{Guid.NewGuid():n}";
        await page.RunAsync($$"""
            window.heard = [];
            window.recoveries = [];
            socket.on('recovered', it => recoveries.push(it.recovered));
            socket.room('{{room}}').on('n', n => heard.push(n));
            await socket.room('{{room}}').join();
            """);
        for (var n = 0; n < 30; n++)
        {
            if (n % 10 == 5)
                await page.RunAsync("cable.cut();");
            await chromium.Host.BroadcastAsync(room, "n", n);
            if (n % 10 != 9)
                continue;
            await page.RunAsync("cable.mend();");
            await page.WaitAsync($"recoveries.length === {(n / 10) + 1}");
        }
        await page.WaitAsync("heard.length >= 30");
        Assert.Equal(Enumerable.Range(0, 30), await page.Page.EvaluateAsync<int[]>("heard"));
        Assert.Equal(Enumerable.Repeat(true, 3), await page.Page.EvaluateAsync<bool[]>("recoveries"));
    }

    /// <summary>Promises 2 and 3, where the service is killed in the middle of a stream and started again.</summary>
    [SkippableTheory]
    [InlineData("<script src='/realtime.js'></script>")]
    [InlineData(Module)]
    public async Task A_page_loses_nothing_unsaid_and_hears_nothing_twice_when_the_service_is_killed(string load)
    {
        await using var host = await HostProcess.StartAsync();
        await using var page = await PageAsync(load, host);
        await page.WaitAsync("window.io?.socket?.isConnected()");
        await page.RunAsync("""
            window.heard = [];
            window.recoveries = [];
            io.socket.on('recovered', it => recoveries.push(it.recovered));
            io.socket.room('crash').on('n', n => heard.push(n));
            await io.socket.room('crash').join();
            """);
        var acknowledged = new List<int>();
        using var stop = new CancellationTokenSource();
        var publishing = PublishAsync(host, acknowledged, stop.Token);
        await page.WaitAsync("heard.length >= 20");
        await host.KillAsync();
        await host.StartAgainAsync();
        await page.WaitAsync("recoveries.length === 1");
        var before = await page.Page.EvaluateAsync<int>("heard.length");
        await page.WaitAsync($"heard.length >= {before + 20}");
        await stop.CancelAsync();
        await publishing;
        await page.WaitAsync($"heard.includes({acknowledged[^1]})");

        var heard = await page.Page.EvaluateAsync<int[]>("heard");
        Assert.Equal(heard.Distinct().Order(), heard);
        if (await page.Page.EvaluateAsync<bool>("recoveries[0]"))
            Assert.Empty(acknowledged.Except(heard));
    }

    // A number whose receipt was lost with the service is not said again: it may have been heard.
    private static async Task PublishAsync(HostProcess host, List<int> acknowledged, CancellationToken stop)
    {
        for (var number = 0; !stop.IsCancellationRequested; number++)
        {
            try
            {
                await host.BroadcastAsync("crash", "n", number);
                acknowledged.Add(number);
            }
            catch (HttpRequestException)
            {
                await Task.Delay(10, CancellationToken.None); // the service is away: its next number comes when it is back
            }
        }
    }

    private async Task<ClientPage> PageAsync(string head, HostProcess? host = null)
    {
        var context = await chromium.OpenAsync();
        var page = await context.NewPageAsync();
        var address = new Uri((host ?? chromium.Host).Url, "/page-of-a-test").AbsoluteUri;
        await page.RouteAsync(address, route => route.FulfillAsync(new()
        {
            ContentType = "text/html", Body = $"<!doctype html><title>A page</title>{head}",
        }));
        await page.GotoAsync(address);
        return new ClientPage(context, page);
    }

    private sealed record ClientPage(IBrowserContext Context, IPage Page) : IAsyncDisposable
    {
        public async Task RunAsync(string script) => await Page.EvaluateAsync($"async () => {{ {script} }}");

        public async Task WaitAsync(string condition) => await Page.WaitForFunctionAsync($"() => {condition}");

        public ValueTask DisposeAsync() => new(Context.CloseAsync());
    }
}
