using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Realtime.Testing.Clients;
using Realtime.Web.Tests.Running;

namespace Realtime.Web.Tests.Rooms;

/// <summary>What a client hears that wants to know where each message stands.</summary>
[Collection(nameof(RunningApp))]
public sealed class EnvelopeSpec(RunningApp app)
{
    [Theory]
    [InlineData(HubProtocol.Json, 1)]
    [InlineData(HubProtocol.Json, 2)]
    [InlineData(HubProtocol.MessagePack, 1)]
    [InlineData(HubProtocol.MessagePack, 2)]
    public async Task Each_message_comes_with_its_place_and_null_for_what_it_lacks(HubProtocol protocol, int level)
    {
        var (one, two) = ($"one-{Guid.NewGuid():n}", $"two-{Guid.NewGuid():n}");
        var heard = new Inbox();
        await using var connection = Connect(protocol, level, heard);
        await connection.StartAsync();
        var hello = AnyValue.ToJson(await connection.InvokeAsync<object?>("Hello"))!;
        var place = AnyValue.ToJson(await connection.InvokeAsync<object?>("Join", one))!;
        await connection.InvokeAsync("Join", two);
        await app.Http.PostAsJsonAsync($"/api/rooms/{one}/broadcast", new { @event = "numbered", data = 1 });
        await app.Http.PostAsJsonAsync($"/api/rooms/{one}/broadcast", new { @event = "typing", data = 2, transient = true });
        await app.Http.PostAsJsonAsync("/api/broadcast", new { rooms = new[] { one, two }, @event = "several", data = 3 });
        await app.Http.PostAsJsonAsync($"/api/sockets/{(string)hello["socketId"]!}/send", new { @event = "direct", data = 4 });

        var frames = (await heard.NextAsync(4)).Select(received => (JsonArray)received.Data!).ToDictionary(frame => (string)frame[0]!);
        Assert.All(frames.Values, frame => Assert.Equal(level == 2 ? 6 : 5, frame.Count));
        var epoch = (long)place["epoch"]!;
        Assert.Equal($"""["numbered",1,"{one}",{epoch},1""", Begin(frames["numbered"]));
        Assert.Equal($"""["typing",2,"{one}",null,null""", Begin(frames["typing"]));
        Assert.Equal("""["direct",4,null,null,null""", Begin(frames["direct"]));
        Assert.Contains((string)frames["several"][2]!, (string[])[one, two]);
        if (level == 2)
        {
            Assert.True(Guid.TryParse((string?)frames["several"][5], out _));
            Assert.All(frames.Where(frame => frame.Key != "several"), frame => Assert.Null(frame.Value[5]));
        }
    }

    [Fact]
    public async Task Who_is_made_a_member_learns_from_where_on_it_hears()
    {
        var room = $"made-{Guid.NewGuid():n}";
        await app.Http.PostAsJsonAsync($"/api/rooms/{room}/broadcast", new { @event = "before", data = 0 });
        var (heard, entered) = (new Inbox(), new Inbox());
        await using var connection = Connect(HubProtocol.Json, 1, heard);
        connection.On<JsonNode>("$joined", position => entered.Add(new("$joined", position)));
        await connection.StartAsync();
        var hello = AnyValue.ToJson(await connection.InvokeAsync<object?>("Hello"))!;
        await app.Http.PutAsync($"/api/rooms/{room}/members/{(string)hello["socketId"]!}", null);
        var place = (await entered.NextAsync()).Data!;
        Assert.Equal((room, 1), ((string)place["room"]!, (int)place["seq"]!));
        await connection.InvokeAsync("Watch", "user");
        Assert.Equal("\0user/0", (string)(await entered.NextAsync()).Data!["room"]!);
    }

    private static string Begin(JsonArray frame)
    {
        var first = new JsonArray([.. frame.Take(5).Select(argument => argument?.DeepClone())]);
        return first.ToJsonString()[..^1];
    }

    private HubConnection Connect(HubProtocol protocol, int level, Inbox heard)
    {
        var builder = new HubConnectionBuilder().WithUrl(new Uri(app.Hub, $"?envelope={level}"));
        if (protocol is HubProtocol.MessagePack)
            builder.AddMessagePackProtocol();
        var connection = builder.Build();
        connection.On("$", [.. Enumerable.Repeat(typeof(object), level == 2 ? 6 : 5)], arguments =>
        {
            heard.Add(new("$", AnyValue.ToJson(arguments)));
            return Task.CompletedTask;
        });
        return connection;
    }
}
