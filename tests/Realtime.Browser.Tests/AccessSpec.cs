using System.Text.Json.Nodes;
using Deque.AxeCore.Playwright;

namespace Realtime.Browser.Tests;

/// <summary>The demo with a screen reader and without a mouse.</summary>
[Collection(nameof(Chromium))]
public sealed class AccessSpec(Chromium chromium)
{
    private readonly string _room = $"access-{Guid.NewGuid():n}"[..14];

    /// <summary>The rules of axe: names, roles, contrast, structure; on a page that has everything on it that it can have.</summary>
    [SkippableTheory, InlineData(ColorScheme.Light, 1440), InlineData(ColorScheme.Dark, 1440), InlineData(ColorScheme.Light, 360), InlineData(ColorScheme.Dark, 360)]
    public async Task A_checker_of_accessibility_finds_nothing(ColorScheme scheme, int width)
    {
        await using var window = await DemoWindow.OpenAsync(chromium, _room, new()
        {
            ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce, ViewportSize = new() { Width = width, Height = 800 },
        });
        await using var other = await DemoWindow.OpenAsync(chromium, _room);
        await AddUserAsync("Axe");
        await window.SayAsync("before");
        await other.HasMessagesAsync("before");
        await window.Cable.ClickAsync();
        await other.SayAsync("missed");
        await other.HasMessagesAsync("before", "missed");
        await window.Cable.ClickAsync();
        await window.HasMessagesAsync("before", "missed");
        await window.Page.GetByLabel("Name of a room").FillAsync($"{_room}-2");
        await window.Page.Keyboard.PressAsync("Enter");
        await window.Page.Locator("#events").GetByText($"Joined “{_room}-2”").WaitForAsync();
        await other.SayAsync("unread");
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Button, new() { Name = $"{_room} 1 unread" })).ToBeVisibleAsync();
        await FindsNothingAsync(window);

        await window.Page.GetByRole(AriaRole.Button, new() { Name = $"{_room} 1 unread" }).ClickAsync();
        await window.Cable.ClickAsync();
        await window.SayAsync("waits");
        await FindsNothingAsync(window);
    }

    [SkippableFact]
    public async Task The_focus_stays_where_it_is_whatever_happens_elsewhere()
    {
        await using var window = await DemoWindow.OpenAsync(chromium, _room);
        await using var other = await DemoWindow.OpenAsync(chromium, _room);
        var (mine, theirs) = (await AddUserAsync("mine"), await AddUserAsync("theirs"));

        var remove = window.Page.GetByRole(AriaRole.Button, new() { Name = "Delete mine" }).Last;
        await remove.FocusAsync();
        await chromium.Host.SendAsync(HttpMethod.Patch, $"/user/{theirs}", new JsonObject { ["name"] = "changed" });
        await Assertions.Expect(NameOf(window, theirs)).ToHaveValueAsync("changed");
        await Assertions.Expect(remove).ToBeFocusedAsync();

        await window.Page.GetByLabel("Name of a room").FillAsync($"{_room}-2");
        await window.Page.Keyboard.PressAsync("Enter");
        await window.Page.Locator("#events").GetByText($"Joined “{_room}-2”").WaitForAsync();
        var tab = window.Page.GetByRole(AriaRole.Button, new() { Name = $"{_room}-2", Exact = true });
        await tab.FocusAsync();
        await other.SayAsync("elsewhere");
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Button, new() { Name = $"{_room} 1 unread" })).ToBeVisibleAsync();
        await Assertions.Expect(tab).ToBeFocusedAsync();

        await NameOf(window, mine).FillAsync("half a na");
        await chromium.Host.SendAsync(HttpMethod.Patch, $"/user/{mine}", new JsonObject { ["name"] = "by somebody else" });
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Button, new() { Name = "Delete by somebody else" })).ToBeVisibleAsync();
        await Assertions.Expect(NameOf(window, mine)).ToHaveValueAsync("half a na");
        await Assertions.Expect(NameOf(window, mine)).ToBeFocusedAsync();
    }

    [SkippableFact]
    public async Task When_what_had_the_focus_is_gone_its_neighbour_has_it()
    {
        await using var window = await DemoWindow.OpenAsync(chromium, _room);
        var (first, second) = ($"{_room} 1", $"{_room} 2");
        await AddUserAsync(first);
        await AddUserAsync(second);
        Task PressAsync(string button) => window.Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).PressAsync("Enter");
        var neighbour = window.Page.GetByRole(AriaRole.Button, new() { Name = $"Delete {second}" });
        await neighbour.WaitForAsync(); // a record that has been created is shown when its event comes
        await PressAsync($"Delete {first}");
        await Assertions.Expect(neighbour).ToBeFocusedAsync();

        await window.Page.GetByLabel("Name of a room").FillAsync($"{_room}-2");
        await window.Page.Keyboard.PressAsync("Enter");
        await PressAsync($"Leave {_room}-2");
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Button, new() { Name = _room, Exact = true })).ToBeFocusedAsync();
        await PressAsync($"Leave {_room}");
        await Assertions.Expect(window.Page.GetByLabel("Name of a room")).ToBeFocusedAsync();
    }

    [SkippableFact]
    public async Task What_comes_is_read_aloud_and_what_is_only_shown_again_is_not()
    {
        await using var window = await DemoWindow.OpenAsync(chromium, _room);
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Connected"); // no ids, no countdown
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Log, new() { Name = "Messages" })).Not.ToHaveAttributeAsync("aria-busy", "true");
        await window.Page.EvaluateAsync("""
            window.busy = [];
            new MutationObserver(() => busy.push(messages.ariaBusy ?? 'no')).observe(messages, { childList: true });
            """);
        await window.SayAsync("new");
        await window.HasMessagesAsync("new");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = _room, Exact = true }).ClickAsync();
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Log, new() { Name = "Messages" })).Not.ToHaveAttributeAsync("aria-busy", "true");
        Assert.Equal(["no", "true"], await window.Page.EvaluateAsync<string[]>("busy"));
    }

    private static ILocator NameOf(DemoWindow window, JsonNode id) => window.Page.GetByLabel($"Name of user {id}", new() { Exact = true });

    private async Task<JsonNode> AddUserAsync(string name) =>
        (await chromium.Host.SendAsync(HttpMethod.Post, "/user", new JsonObject { ["name"] = name }))["id"]!;

    private static async Task FindsNothingAsync(DemoWindow window)
    {
        var found = await window.Page.RunAxe();
        var complaints = found.Violations.SelectMany(rule => rule.Nodes.Select(node => $"{rule.Id}: {rule.Help}: {node.Html} {node.Any.FirstOrDefault()?.Message}"));
        Assert.True(found.Violations.Length == 0, string.Join('\n', complaints));
    }
}
