using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Realtime.Testing.Clients;
using Realtime.Web.Models;
using Realtime.Web.Tests.Running;

namespace Realtime.Web.Tests.VirtualRequests;

/// <summary>Contract B-7, B-8, REC: a blueprint action on a route of the application's own serves sockets as well.</summary>
[Collection(nameof(RunningApp))]
public sealed class OwnRoutesSpec(RunningApp app)
{
    [Fact]
    public async Task Who_asks_over_a_socket_watches_the_model_and_hears_of_what_it_has_read()
    {
        await using var client = await app.ConnectAsync("user");
        Assert.Equal(200, (int)(await client.InvokeAsync("Request", new { method = "get", url = "/staff?limit=1" }))!["statusCode"]!);
        await using var scope = app.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<IModelRepository<User>>();
        var id = (await users.CreateAsync(new User { Name = "own routes" })).Id;
        await NextAsync(client, id);
        await users.UpdateAsync(id, user => user.Name = "changed");
        var heard = await NextAsync(client, id);
        Assert.Equal(("updated", "changed"), ((string)heard["verb"]!, (string)heard["data"]!["name"]!));
    }

    [Fact]
    public async Task The_policy_of_the_model_holds()
    {
        await using var scope = app.Services.CreateAsyncScope();
        var diary = await scope.ServiceProvider.GetRequiredService<IModelRepository<Diary>>().CreateAsync(new Diary { Owner = "ann" });
        foreach (var (name, status) in ((string?, int)[])[("ann", 200), ("bob", 404), (null, 403)])
        {
            await using var client = await DotNetClient.ConnectAsync(
                app.Hub, HubProtocol.Json, [], options => options.Headers["Cookie"] = name is null ? "none=none" : $"name={name}");
            Assert.Equal(status, (int)(await client.InvokeAsync("Request", new { method = "get", url = $"/notebook/{diary.Id}" }))!["statusCode"]!);
        }
    }

    // Other specs create users, too.
    private static async Task<JsonNode> NextAsync(DotNetClient client, int id)
    {
        while (true)
        {
            if ((await client.Inbox.NextAsync()).Data! is var told && (int)told["id"]! == id)
                return told;
        }
    }
}
