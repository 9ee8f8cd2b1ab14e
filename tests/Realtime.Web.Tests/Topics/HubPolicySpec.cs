using System.Text.Json.Nodes;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Realtime.Testing.Clients;
using Realtime.Web.Models;
using Realtime.Web.Tests.Running;

namespace Realtime.Web.Tests.Topics;

/// <summary>Who asks the hub for a model's events is held to the policy of the model, as who reads its records is.</summary>
[Collection(nameof(RunningApp))]
public sealed class HubPolicySpec(RunningApp app)
{
    [Fact]
    public async Task Who_may_not_find_records_may_neither_watch_the_model_nor_subscribe_to_them()
    {
        await using var nobody = await app.ConnectAsync("diary");
        await ForbiddenAsync(() => nobody.InvokeAsync("Watch", "diary"));
        await ForbiddenAsync(() => nobody.InvokeAsync("Subscribe", "diary", new[] { 1 }));
    }

    [Fact]
    public async Task Who_may_read_some_records_subscribes_to_these_alone_and_does_not_watch()
    {
        var (mine, his) = (await SaveAsync("ann"), await SaveAsync("bob"));
        await using var ann = await ConnectAsync("ann");

        await ForbiddenAsync(() => ann.InvokeAsync("Watch", "diary"));
        await ForbiddenAsync(() => ann.InvokeAsync("Subscribe", "diary", new[] { his }));
        await ForbiddenAsync(() => ann.InvokeAsync("Subscribe", "diary", new[] { mine, his }));
        await ForbiddenAsync(() => ann.InvokeAsync("Subscribe", "diary", new[] { $"{mine}-side" }));
        await ann.InvokeAsync("Subscribe", "diary", new[] { mine });

        await WriteAsync(his, "psst");
        await WriteAsync(mine, "Dear diary");
        Assert.Equal("Dear diary", (string)(await ann.Inbox.NextAsync()).Data!["data"]!["text"]!);
    }

    [Fact]
    public async Task Who_may_read_all_records_watches_the_model()
    {
        await using var editor = await ConnectAsync("editor");
        await editor.InvokeAsync("Watch", "diary");
        var id = await SaveAsync("cid");
        Assert.Equal(id, (int)(await editor.Inbox.NextAsync()).Data!["id"]!);
    }

    [Fact]
    public async Task Who_has_lost_a_record_hears_of_its_loss_and_of_nothing_after()
    {
        var (given, kept) = (await SaveAsync("ann"), await SaveAsync("ann"));
        await using var ann = await ConnectAsync("ann");
        await using var editor = await ConnectAsync("editor");
        await ann.InvokeAsync("Subscribe", "diary", new[] { given, kept });
        await editor.InvokeAsync("Watch", "diary");

        await ChangeAsync(given, diary => diary.Owner = "bob");
        var lost = (await ann.Inbox.NextAsync()).Data!;
        Assert.Equal(("destroyed", given, true, "ann"),
            ((string)lost["verb"]!, (int)lost["id"]!, (bool)lost["readersChanged"]!, (string)lost["previous"]!["owner"]!));
        var begun = await NextAsync(editor, told => (string)told["verb"]! == "created" && told["readersChanged"] is not null);
        Assert.Equal((given, "bob"), ((int)begun["id"]!, (string)begun["data"]!["owner"]!));

        // When the editor has heard it, it has been said, and Ann would hear it before what is said next.
        await WriteAsync(given, "psst");
        Assert.Equal("psst", (string)(await NextAsync(editor, told => (int)told["id"]! == given))["data"]!["text"]!);
        await WriteAsync(kept, "Dear diary");
        Assert.Equal("Dear diary", (string)(await ann.Inbox.NextAsync()).Data!["data"]!["text"]!);
    }

    // That the records were created may be told only now, and who watches hears of both from then on.
    private static async Task<JsonNode> NextAsync(DotNetClient client, Func<JsonNode, bool> isMeant)
    {
        while (true)
        {
            if ((await client.Inbox.NextAsync()).Data! is var told && isMeant(told))
                return told;
        }
    }

    private static async Task ForbiddenAsync(Func<Task> call) =>
        Assert.Contains("forbidden", (await Assert.ThrowsAsync<HubException>(call)).Message, StringComparison.Ordinal);

    private Task<DotNetClient> ConnectAsync(string name) =>
        DotNetClient.ConnectAsync(app.Hub, HubProtocol.Json, ["diary"], options => options.Headers["Cookie"] = $"name={name}");

    private async Task<int> SaveAsync(string owner)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<IModelRepository<Diary>>().CreateAsync(new Diary { Owner = owner })).Id;
    }

    private Task WriteAsync(int id, string text) => ChangeAsync(id, diary => diary.Text = text);

    private async Task ChangeAsync(int id, Action<Diary> change)
    {
        await using var scope = app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IModelRepository<Diary>>().UpdateAsync(id, change);
    }
}
