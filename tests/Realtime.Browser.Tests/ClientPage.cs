namespace Realtime.Browser.Tests;

/// <summary>A page of an application, as short as a test wants it, with the JavaScript client in it.</summary>
internal sealed record ClientPage(IBrowserContext Context, IPage Page) : IAsyncDisposable
{
    /// <summary>The client as a script tag.</summary>
    public const string Script = "<script src='/realtime.js'></script>";

    /// <summary>The client as a module.</summary>
    public const string Module = "<script type='module'>import io from '/realtime.mjs'; window.io = io;</script>";

    /// <summary>The same two, for pages that make their own sockets.</summary>
    public const string
        QuietScript = "<script src='/realtime.js' data-autoConnect='false'></script>",
        QuietModule = "<script type='module'>import io from '/realtime.mjs'; io.sails.autoConnect = false; window.io = io;</script>";

    /// <summary>
    /// What makes <c>window.socket</c> over <c>window.cable</c>, which a test can cut; the client is what was loaded before. It
    /// comes back fast, to spare the tests the waiting.
    /// </summary>
    public const string SocketOnCable = """
        <script type='module'>
          import { Cable } from '/demo/cable.js';
          window.cable = new Cable();
          window.socket = io.sails.connect({ WebSocket: cable.WebSocket, reconnectionDelay: 20, reconnectionDelayMax: 200 });
        </script>
        """;

    /// <summary>Opens one.</summary>
    /// <param name="chromium">The browser.</param>
    /// <param name="head">What stands in it.</param>
    /// <param name="service">Where it comes from, if not from the Host of all tests.</param>
    public static async Task<ClientPage> OpenAsync(Chromium chromium, string head, Uri? service = null)
    {
        var context = await chromium.OpenAsync();
        var page = await context.NewPageAsync();
        var address = new Uri(service ?? chromium.Host.Url, "/page-of-a-test").AbsoluteUri;
        await page.RouteAsync(address, route => route.FulfillAsync(new()
        {
            ContentType = "text/html", Body = $"<!doctype html><title>A page</title>{head}",
        }));
        await page.GotoAsync(address);
        return new ClientPage(context, page);
    }

    /// <summary>Runs statements, and waits until they are through.</summary>
    public async Task RunAsync(string script) => await Page.EvaluateAsync($"async () => {{ {script} }}");

    /// <summary>Waits until an expression is true.</summary>
    public async Task WaitAsync(string condition) => await Page.WaitForFunctionAsync($"() => {condition}");

    /// <summary>Lets a socket of the page join a room: <c>heard</c> has the numbers, <c>recoveries</c> whether each was one.</summary>
    public async Task JoinAsync(string socket, string room)
    {
        await WaitAsync($"window.{socket.Replace(".", "?.", StringComparison.Ordinal)}?.isConnected()");
        await RunAsync($$"""
            window.heard = [];
            window.recoveries = [];
            {{socket}}.on('recovered', it => recoveries.push(it.recovered));
            {{socket}}.room('{{room}}').on('n', n => heard.push(n));
            await {{socket}}.room('{{room}}').join();
            """);
    }

    /// <summary>What it has heard.</summary>
    public Task<int[]> HeardAsync() => Page.EvaluateAsync<int[]>("heard");

    /// <summary>Whether each recovery was one.</summary>
    public Task<bool[]> RecoveriesAsync() => Page.EvaluateAsync<bool[]>("recoveries");

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => new(Context.CloseAsync());
}
