namespace Realtime.Browser.Tests;

/// <summary>The real browser, headless, shared by all tests; and a Host that they leave as they found it.</summary>
public sealed class Chromium : IAsyncLifetime
{
    // Some keep it from calling its maker. The last one: a page that a test makes up has no address, and such a page may not
    // reach the loopback interface otherwise.
    private static readonly string[] Arguments =
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
        "--disable-features=LocalNetworkAccessChecks,LocalNetworkAccessChecksWebSockets",
    ];

    private static readonly string Program = Environment.GetEnvironmentVariable("REALTIME_TEST_CHROMIUM") is { Length: > 0 } named
        ? named
        : "/usr/bin/chromium";

    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private HostProcess? _host;

    /// <summary>The Host that the pages talk to.</summary>
    public HostProcess Host => _host ?? throw new InvalidOperationException("Ask for a page first.");

    /// <summary>Opens a window of its own, with storage of its own. Skips the test where there is no Chromium.</summary>
    public async Task<IBrowserContext> OpenAsync(BrowserNewContextOptions? options = null)
    {
        Requires.That(File.Exists(Program), "No Chromium: install it, or name it in REALTIME_TEST_CHROMIUM.");
        _host ??= await HostProcess.StartAsync();
        _playwright ??= await Playwright.CreateAsync();
        _browser ??= await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Program, Headless = true, Args = Arguments });
        var context = await _browser.NewContextAsync(options);
        Assertions.SetDefaultExpectTimeout((float)Eventually.Patience.TotalMilliseconds);
        context.SetDefaultTimeout((float)Eventually.Patience.TotalMilliseconds);
        return context;
    }

    /// <inheritdoc/>
    public Task InitializeAsync() => Task.CompletedTask; // what is not installed must skip a test, not fail the fixture

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        if (_host is not null)
            await _host.DisposeAsync();
    }
}

/// <summary>The tests that share it.</summary>
[CollectionDefinition(nameof(Chromium))]
public sealed class ChromiumTests : ICollectionFixture<Chromium>;
