using System.Text.Json.Nodes;

namespace Realtime.Web.Tests.Models;

/// <summary>What specs about models share. Each runs on every datastore.</summary>
public abstract class LibrarySpec(LibraryStore store) : IAsyncLifetime
{
    private LibraryApp? _app;

    protected LibraryStore Store { get; } = store;

    protected LibraryApp App => _app!;

    protected FakeTopics Topics => App.Topics;

    public virtual async Task InitializeAsync() => _app = await StartAsync();

    public async Task DisposeAsync()
    {
        await App.DisposeAsync();
        Store.Dispose();
    }

    protected virtual Task<LibraryApp> StartAsync() => LibraryApp.StartAsync(Store);

    /// <summary>The events that something causes, and no others: those up to a marker that is saved behind it.</summary>
    protected async Task<string[]> EventsOfAsync(Func<Task> work)
    {
        var before = Topics.Published.Count;
        await work();
        var marker = Guid.NewGuid().ToString();
        await App.SaveAsync(library =>
        {
            library.Add(new Gadget { Maker = new Maker { Name = marker } });
            return Task.CompletedTask;
        });
        var all = Array.Empty<string>();
        while (!all.Any(happened => happened.Contains(marker, StringComparison.Ordinal)))
            all = await Topics.EventsAsync(Math.Max(before, all.Length) + 1);
        return [.. all.Skip(before).TakeWhile(happened => !happened.Contains(marker, StringComparison.Ordinal))];
    }

    protected static void Same(string json, JsonNode? node) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(json), node), $"Expected {json}\nActual   {node?.ToJsonString()}");
}
