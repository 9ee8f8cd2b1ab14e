using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Realtime.Browser.Tests;

/// <summary>The demo for every eye, hand and width.</summary>
[Collection(nameof(Chromium))]
public sealed class LooksSpec(Chromium chromium)
{
    private const string Room = "looks";

    /// <summary>A width of 360 pixels is that of a small phone.</summary>
    [SkippableTheory]
    [InlineData("desktop-light", 1440, 900, ColorScheme.Light)]
    [InlineData("desktop-dark", 1440, 900, ColorScheme.Dark)]
    [InlineData("tablet-light", 900, 1100, ColorScheme.Light)]
    [InlineData("phone-light", 360, 740, ColorScheme.Light)]
    [InlineData("phone-dark", 360, 740, ColorScheme.Dark)]
    public async Task The_page_fits_its_window_and_follows_the_theme(string name, int width, int height, ColorScheme scheme)
    {
        var room = $"otters-{name}";
        await using var window = await DemoWindow.OpenAsync(chromium, room, Options(width, height, scheme));
        await using var other = await DemoWindow.OpenAsync(chromium, room);
        await FillTablesAsync();
        await window.SayAsync("Has anybody seen the otter?");
        await other.HasMessagesAsync("Has anybody seen the otter?");
        await other.SayAsync("It is in the other window.");
        await window.HasMessagesAsync("Has anybody seen the otter?", "It is in the other window.");
        await window.Cable.ClickAsync();
        await other.SayAsync("And what is said while you are away?");
        await other.HasMessagesAsync("Has anybody seen the otter?", "It is in the other window.", "And what is said while you are away?");
        await window.Cable.ClickAsync();
        await window.HasMessagesAsync("Has anybody seen the otter?", "It is in the other window.", "And what is said while you are away?");
        await Assertions.Expect(window.Page.Locator("#events")).ToContainTextAsync("Topic user: recovered, nothing is missing");
        await Assertions.Expect(window.Page.Locator("#users tr, #pets tr")).Not.ToHaveCountAsync(0);
        Assert.Equal(width, await window.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        Assert.Empty(await window.Page.EvaluateAsync<string[]>("""
            [...document.querySelectorAll('button, input, select, h1, h2')].filter(it => it.checkVisibility())
              .filter(it => it.getBoundingClientRect().left < 8 || it.getBoundingClientRect().right > innerWidth - 8).map(it => it.outerHTML)
            """));
        // Without scrolling, also on a phone: what is said, and where to say something.
        Assert.True(await window.Page.EvaluateAsync<bool>("messages.clientHeight > 100 && text.getBoundingClientRect().bottom <= innerHeight"));
        var lightness = await window.Page.EvaluateAsync<int>("Math.max(...getComputedStyle(document.documentElement).backgroundColor.match(/\\d+/g).slice(0, 3).map(Number))");
        Assert.Equal(scheme == ColorScheme.Light, lightness > 128);
        await window.PictureAsync(name);
    }

    [SkippableFact]
    public async Task A_theme_that_was_chosen_stays_chosen()
    {
        await using var window = await DemoWindow.OpenAsync(chromium, Room, Options(1000, 800, ColorScheme.Light));
        await window.Page.GetByLabel("Theme").SelectOptionAsync("Dark");
        await window.Page.ReloadAsync();
        Assert.Equal("dark", await window.Page.EvaluateAsync<string>("document.documentElement.style.colorScheme"));
    }

    [SkippableFact]
    public async Task Everything_that_can_be_used_has_a_name_and_can_be_reached_with_the_keyboard()
    {
        await using var window = await DemoWindow.OpenAsync(chromium, Room);
        var nameless = await window.Page.EvaluateAsync<string[]>("""
            [...document.querySelectorAll('input, select, button, a')]
              .filter(it => !(it.getAttribute('aria-label') || it.textContent.trim() || it.labels?.length))
              .map(it => it.outerHTML)
            """);
        Assert.Empty(nameless);
        var usable = await window.Page.EvaluateAsync<int>("[...document.querySelectorAll('input, select, button, a')].filter(it => it.checkVisibility() && !it.disabled).length");
        var reached = new HashSet<string>();
        for (var step = 0; step < usable + 10; step++)
        {
            await window.Page.Keyboard.PressAsync("Tab");
            reached.Add(await window.Page.EvaluateAsync<string>("document.activeElement.id || document.activeElement.outerHTML"));
        }
        Assert.Contains("cut", reached);
        Assert.Contains("text", reached);
        Assert.Contains("user-name", reached);
        Assert.Contains("clear", reached);
        Assert.True(reached.Count >= usable, $"{reached.Count} of {usable} were reached");
    }

    [SkippableFact]
    public async Task The_page_has_one_main_heading_and_its_parts_are_named()
    {
        await using var window = await DemoWindow.OpenAsync(chromium, Room);
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveCountAsync(1);
        foreach (var part in (string[])["Chat", "Records", "What just happened"])
            await Assertions.Expect(window.Page.GetByRole(AriaRole.Region, new() { Name = part })).ToBeVisibleAsync();
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Log, new() { Name = "Messages" })).ToBeVisibleAsync();
    }

    private async Task FillTablesAsync()
    {
        var users = await chromium.Host.Http.GetFromJsonAsync<JsonArray>("/user");
        if (users!.Any(user => (string?)user!["name"] == "johnny five"))
            return;
        var johnny = await chromium.Host.SendAsync(HttpMethod.Post, "/user", new JsonObject { ["name"] = "johnny five" });
        await chromium.Host.SendAsync(HttpMethod.Post, "/user", new JsonObject { ["name"] = "Ann" });
        await chromium.Host.SendAsync(HttpMethod.Post, "/pet", new JsonObject { ["name"] = "Otter", ["owner"] = johnny["id"]!.DeepClone() });
    }

    private static BrowserNewContextOptions Options(int width, int height, ColorScheme scheme) =>
        new() { ViewportSize = new() { Width = width, Height = height }, ColorScheme = scheme };
}
