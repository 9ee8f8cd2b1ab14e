namespace Realtime.Browser.Tests;

/// <summary>Two windows talk in a room, and a cut connection loses nothing.</summary>
[Collection(nameof(Chromium))]
public sealed class ChatSpec(Chromium chromium)
{
    private readonly string _room = $"chat-{Guid.NewGuid():n}"[..12];

    [SkippableFact]
    public async Task What_one_window_says_is_heard_in_the_other()
    {
        await using var one = await DemoWindow.OpenAsync(chromium, _room);
        await using var other = await DemoWindow.OpenAsync(chromium, _room);
        await one.SayAsync("Hello, other window");
        await other.HasMessagesAsync("Hello, other window");
        await other.SayAsync("<b>Hello</b> & welcome");
        await one.HasMessagesAsync("Hello, other window", "<b>Hello</b> & welcome");
        Assert.Empty(one.Troubles);
    }

    [SkippableFact]
    public async Task A_message_from_the_HTTP_API_is_heard()
    {
        await using var window = await DemoWindow.OpenAsync(chromium, _room);
        await chromium.Host.BroadcastAsync($"chat/{_room}", "chat", new System.Text.Json.Nodes.JsonObject
        {
            ["from"] = "curl", ["text"] = "Hello to all my fun sockets!", ["at"] = 1_700_000_000_000,
        });
        await window.HasMessagesAsync("Hello to all my fun sockets!");
    }

    [SkippableFact]
    public async Task A_message_that_is_just_text_is_understood_when_it_comes_and_as_history()
    {
        await using var window = await DemoWindow.OpenAsync(chromium, _room);
        await chromium.Host.BroadcastAsync($"chat/{_room}", "chat", "Hello from a terminal");
        await window.HasMessagesAsync("Hello from a terminal");
        await using var later = await DemoWindow.OpenAsync(chromium, _room);
        await later.HasMessagesAsync("Hello from a terminal");
        await Assertions.Expect(later.Page.GetByText("Said before you came")).ToBeVisibleAsync();
        Assert.Empty(window.Troubles.Concat(later.Troubles));
    }

    [SkippableFact]
    public async Task What_waits_for_the_connection_is_seen_to_wait_and_is_said_once()
    {
        await using var window = await DemoWindow.OpenAsync(chromium, _room);
        var waiting = window.Page.Locator(".message.waiting");
        await window.Cable.ClickAsync();
        await window.IsAsync("Connection lost, trying again…");
        await window.SayAsync("first");
        await window.SayAsync("second");
        await Assertions.Expect(waiting).ToContainTextAsync(["first", "second"]);
        await window.Cable.ClickAsync();
        await Assertions.Expect(waiting).ToHaveCountAsync(0);
        await window.HasMessagesAsync("first", "second");
    }

    /// <summary>Browsers keep a page that was left as it was, and show it again when somebody goes back.</summary>
    [SkippableFact]
    public async Task A_page_that_is_gone_back_to_is_connected_again()
    {
        await using var window = await DemoWindow.OpenAsync(chromium, _room);
        await window.Page.EvaluateAsync("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))");
        await window.IsAsync("Disconnected");
        await window.Page.EvaluateAsync("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))");
        await window.IsAsync("Connected");
        await window.SayAsync("Back again");
        await window.HasMessagesAsync("Back again");
        var created = await chromium.Host.SendAsync(HttpMethod.Post, "/user", new System.Text.Json.Nodes.JsonObject { ["name"] = "Backer" });
        await Assertions.Expect(window.Page.GetByLabel($"Name of user {created["id"]}", new() { Exact = true })).ToHaveValueAsync("Backer");
    }

    [SkippableFact]
    public async Task Who_types_and_who_is_there_can_be_seen()
    {
        await using var one = await DemoWindow.OpenAsync(chromium, _room);
        await using var other = await DemoWindow.OpenAsync(chromium, _room);
        await other.Page.GetByLabel("You are").FillAsync("Johnny Five");
        await other.Page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(one.Page.GetByLabel("Who is here")).ToContainTextAsync("Johnny Five");
        await other.Page.GetByLabel("Message", new() { Exact = true }).PressSequentiallyAsync("Hm");
        await Assertions.Expect(one.Page.Locator("#typing")).ToHaveTextAsync("Johnny Five is typing…");
        await other.DisposeAsync();
        await Assertions.Expect(one.Page.GetByLabel("Who is here")).Not.ToContainTextAsync("Johnny Five");
    }

    [SkippableFact]
    public async Task A_room_of_another_name_is_another_room()
    {
        await using var one = await DemoWindow.OpenAsync(chromium, _room);
        await using var other = await DemoWindow.OpenAsync(chromium, _room);
        await other.Page.GetByLabel("Name of a room").FillAsync($"{_room}/b ü");
        await other.Page.Keyboard.PressAsync("Enter");
        await other.Page.Locator("#events").GetByText($"Joined “{_room}/b ü”").WaitForAsync();
        await other.SayAsync("elsewhere");
        await other.HasMessagesAsync("elsewhere");
        await one.SayAsync("here");
        await one.HasMessagesAsync("here");
        await Assertions.Expect(other.Page.GetByRole(AriaRole.Button, new() { Name = $"{_room} 1 unread" })).ToBeVisibleAsync();
    }

    /// <summary>Promise 3: within history, a member that comes back gets all it missed.</summary>
    [SkippableFact]
    public async Task What_was_said_while_the_connection_was_cut_comes_once_and_in_order()
    {
        await using var one = await DemoWindow.OpenAsync(chromium, _room);
        await using var other = await DemoWindow.OpenAsync(chromium, _room);
        await one.SayAsync("before");
        await other.HasMessagesAsync("before");
        await other.Cable.ClickAsync();
        await other.IsAsync("Connection lost, trying again…");
        string[] missed = [.. Enumerable.Range(1, 5).Select(number => $"missed {number}")];
        foreach (var text in missed)
            await one.SayAsync(text);
        await one.HasMessagesAsync(["before", .. missed]);
        await other.HasMessagesAsync("before");
        await other.SayAsync("said without a connection");
        await other.Cable.ClickAsync();
        await other.IsAsync("Connected");
        await other.HasMessagesAsync(["before", .. missed, "said without a connection"]);
        await Assertions.Expect(other.Page.Locator(".message[data-replayed]")).ToHaveCountAsync(missed.Length);
        await Assertions.Expect(other.Page.Locator("#events")).ToContainTextAsync($"Room “chat/{_room}”: recovered, nothing is missing");
        await one.HasMessagesAsync(["before", .. missed, "said without a connection"]);
        Assert.Empty(other.Troubles);
    }

    [SkippableFact]
    public async Task A_page_comes_back_by_itself_when_the_Host_was_killed_and_started_again()
    {
        await using var host = await HostProcess.StartAsync();
        await using var one = await DemoWindow.OpenAsync(chromium, _room, host: host);
        await using var other = await DemoWindow.OpenAsync(chromium, _room, host: host);
        await host.KillAsync();
        await one.IsAsync("Connection lost, trying again…");
        await host.StartAgainAsync();
        await one.IsAsync("Connected");
        await other.IsAsync("Connected");
        await one.SayAsync("Still here");
        await other.HasMessagesAsync("Still here");
    }
}
