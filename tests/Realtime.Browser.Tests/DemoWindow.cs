using System.Collections.Concurrent;

namespace Realtime.Browser.Tests;

/// <summary>The demo page in a window, in the words of somebody who uses it.</summary>
public sealed class DemoWindow : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _troubles = new();

    private DemoWindow(IBrowserContext context, IPage page) => (_context, Page) = (context, page);

    /// <summary>The page.</summary>
    public IPage Page { get; }

    /// <summary>What went wrong in the page without anybody having seen it: uncaught errors, and what the page's own policy forbids.</summary>
    public IReadOnlyCollection<string> Troubles => _troubles;

    /// <summary>The button that cuts the connection, and mends it.</summary>
    public ILocator Cable => Page.GetByRole(AriaRole.Button, new() { NameRegex = new("(Cut|Mend) the connection") });

    /// <summary>Opens the page in a window of its own, and waits until it is connected.</summary>
    public static async Task<DemoWindow> OpenAsync(Chromium chromium, string room, BrowserNewContextOptions? options = null, HostProcess? host = null)
    {
        var context = await chromium.OpenAsync(options);
        var window = new DemoWindow(context, await context.NewPageAsync());
        window.Page.PageError += (_, error) => window._troubles.Enqueue(error);
        window.Page.Console += (_, message) =>
        {
            if (message.Type == "error" && message.Text.Contains("Content Security Policy", StringComparison.Ordinal))
                window._troubles.Enqueue(message.Text);
        };
        await window.Page.GotoAsync(new Uri((host ?? chromium.Host).Url, $"/?room={Uri.EscapeDataString(room)}").AbsoluteUri);
        await window.IsAsync("Connected");
        await window.Page.Locator("#events").GetByText($"Joined “{room}”").WaitForAsync();
        return window;
    }

    /// <summary>Waits until the page says that its connection is so.</summary>
    public Task IsAsync(string state) => Assertions.Expect(Page.GetByRole(AriaRole.Status).Locator("#state")).ToHaveTextAsync(state);

    /// <summary>Writes a message and sends it with the keyboard.</summary>
    public async Task SayAsync(string text)
    {
        await Page.GetByLabel("Message", new() { Exact = true }).FillAsync(text);
        await Page.Keyboard.PressAsync("Enter");
    }

    /// <summary>Waits until these messages are there, and no others, in this order.</summary>
    public Task HasMessagesAsync(params string[] texts) =>
        Assertions.Expect(Page.Locator(".message")).ToContainTextAsync(texts);

    /// <summary>Takes a picture, if a folder for pictures is named in REALTIME_SCREENSHOTS.</summary>
    public async Task PictureAsync(string name)
    {
        if (Environment.GetEnvironmentVariable("REALTIME_SCREENSHOTS") is { Length: > 0 } folder)
            await Page.ScreenshotAsync(new() { Path = Path.Combine(Repository.Root, folder, $"{name}.png"), Animations = ScreenshotAnimations.Disabled });
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => new(_context.CloseAsync());
}
