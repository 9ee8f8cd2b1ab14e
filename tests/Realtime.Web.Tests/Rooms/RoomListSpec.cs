using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Realtime.Actors.Names;
using Realtime.Testing;
using Realtime.Testing.Clients;
using Realtime.Web.Rooms;
using Realtime.Web.Tests.Running;

namespace Realtime.Web.Tests.Rooms;

/// <summary>Contract: the rooms that have members.</summary>
[Collection(nameof(RunningApp))]
public sealed class RoomListSpec(RunningApp app)
{
    private readonly string _prefix = $"list/{Guid.NewGuid():n}:";

    [Fact]
    public async Task A_server_pages_through_the_rooms_that_have_members()
    {
        await using var client = await app.ConnectAsync();
        string[] names = [.. Enumerable.Range(10, 25).Select(i => $"{_prefix}{i}")];
        foreach (var name in names)
            await client.InvokeAsync("Join", name);
        var (listed, after, pages) = (new List<string>(), string.Empty, 0);
        do
        {
            var page = await GetAsync($"&limit=10&after={Uri.EscapeDataString(after)}");
            listed.AddRange(page["rooms"]!.AsArray().Select(name => (string)name!));
            after = (string?)page["next"];
            pages++;
        }
        while (after is not null);
        Assert.Equal(names, listed);
        Assert.Equal(3, pages);
        Assert.Equal(names, (await app.Services.GetRequiredService<IRooms>().ListAsync(_prefix)).Rooms);
    }

    [Fact]
    public async Task A_room_is_listed_while_somebody_is_in_it_and_a_sockets_own_room_never()
    {
        var room = $"{_prefix}a";
        var (ann, id) = await app.ConnectSocketAsync();
        await using var bob = await app.ConnectAsync();
        await using (ann)
        {
            await ann.InvokeAsync("Join", room);
            await bob.InvokeAsync("Join", room);
            await ann.InvokeAsync("Leave", room);
            Assert.Equal([room], await NamesAsync());
            await app.Http.DeleteAsync(new Uri($"/api/rooms/{Uri.EscapeDataString(room)}/members", UriKind.Relative));
            Assert.Empty(await NamesAsync());
            await app.Services.GetRequiredService<IRooms>().BroadcastAsync(RoomName.Parse(room), EventName.Parse("n"), 1); // makes no room
            Assert.Empty(await NamesAsync());
            Assert.Empty((await app.Services.GetRequiredService<IRooms>().ListAsync(id)).Rooms);
            await bob.InvokeAsync("Join", room);
        }
        await bob.DisposeAsync(); // says goodbye: it leaves
        await Eventually.HoldsAsync(async () => Assert.Empty(await NamesAsync()), DotNetClient.GoneWithin);
    }

    [Fact]
    public async Task A_name_that_cannot_be_is_refused()
    {
        using var answer = await app.Http.GetAsync(new Uri($"/api/rooms?after={new string('x', 300)}", UriKind.Relative));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("invalid_room", (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["code"]!);
    }

    private async Task<IEnumerable<string>> NamesAsync() => (await GetAsync(""))["rooms"]!.AsArray().Select(name => (string)name!);

    private async Task<JsonNode> GetAsync(string more) =>
        JsonNode.Parse(await app.Http.GetStringAsync(new Uri($"/api/rooms?prefix={Uri.EscapeDataString(_prefix)}{more}", UriKind.Relative)))!;
}
