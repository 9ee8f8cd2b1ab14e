using System.Text.Json.Nodes;

namespace Realtime.Browser.Tests;

/// <summary>The second example of the mission, in a browser: a page that watches users sees them change, whoever changes them.</summary>
[Collection(nameof(Chromium))]
public sealed class RecordsSpec(Chromium chromium)
{
    /// <summary>Contract P-11, P-12, P-13, P-31.</summary>
    [SkippableFact]
    public async Task What_is_changed_over_HTTP_is_seen_at_once()
    {
        await using var window = await DemoWindow.OpenAsync(chromium, "records");
        var rows = window.Page.GetByRole(AriaRole.Table, new() { Name = "Users" }).Locator("tbody tr");
        var others = await rows.CountAsync();
        var created = await chromium.Host.SendAsync(HttpMethod.Post, "/user", new JsonObject { ["name"] = "johnny five" });
        var id = (int)created["id"]!;
        var field = window.Page.GetByLabel($"Name of user {id}", new() { Exact = true });
        await Assertions.Expect(field).ToHaveValueAsync("johnny five");

        await chromium.Host.SendAsync(HttpMethod.Patch, $"/user/{id}", new JsonObject { ["name"] = "Johnny 5" });
        await Assertions.Expect(field).ToHaveValueAsync("Johnny 5");

        await chromium.Host.SendAsync(HttpMethod.Delete, $"/user/{id}");
        await Assertions.Expect(field).ToHaveCountAsync(0);
        await Assertions.Expect(rows).ToHaveCountAsync(others);
        Assert.Empty(window.Troubles);
    }
}
