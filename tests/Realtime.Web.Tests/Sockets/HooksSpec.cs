using System.Net;
using Realtime.Testing;
using Realtime.Testing.Clients;
using Realtime.Web.Tests.Running;

namespace Realtime.Web.Tests.Sockets;

/// <summary>What an application says to clients that connect, and hears of those that have gone.</summary>
[Collection(nameof(RunningApp))]
public sealed class HooksSpec(RunningApp app)
{
    /// <summary>Contract L-5: a hook that throws refuses.</summary>
    [Theory]
    [InlineData("no", HttpStatusCode.Forbidden)]
    [InlineData("hard", HttpStatusCode.Forbidden)]
    [InlineData("softly", HttpStatusCode.OK)]
    public async Task The_application_decides_who_connects(string knock, HttpStatusCode status)
    {
        using var negotiated = await app.Http.PostAsync($"/realtime/negotiate?negotiateVersion=1&knock={knock}", null);
        Assert.Equal(status, negotiated.StatusCode);
        var connect = () => DotNetClient.ConnectAsync(new Uri(app.Hub, $"?knock={knock}"), HubProtocol.Json, []);
        if (status == HttpStatusCode.OK)
            await (await connect()).DisposeAsync();
        else
            await Assert.ThrowsAnyAsync<Exception>(connect);
    }

    /// <summary>Contract L-6, with the rooms that it had; and though another hook fails.</summary>
    [Fact]
    public async Task The_application_hears_who_has_gone_and_which_rooms_he_was_in()
    {
        var (client, socket) = await app.ConnectSocketAsync();
        await client.InvokeAsync("Join", "hooks:a");
        await client.InvokeAsync("Join", "hooks:b");
        await client.InvokeAsync("Leave", "hooks:a");
        await client.InvokeAsync("Watch", "user");
        await client.DisposeAsync();
        await Eventually.TrueAsync(() => Task.FromResult(app.Hooks.Gone.ContainsKey(socket)), DotNetClient.GoneWithin, "the hook to be told");
        Assert.Equal(["hooks:b"], app.Hooks.Gone[socket].Rooms.Select(room => room.Value));
    }

    /// <summary>Contract L-6, D-11: a connection that takes up an older socket is nobody's end.</summary>
    [Fact]
    public async Task Who_comes_back_has_not_gone()
    {
        var (first, socket) = await app.ConnectSocketAsync();
        var token = (string)(await first.InvokeAsync("Hello"))!["resumeToken"]!;
        var (second, temporary) = await app.ConnectSocketAsync();
        await second.InvokeAsync("Resume", token, Array.Empty<object>());
        await second.InvokeAsync("Rooms"); // it knows that it is back, so that its end is a goodbye
        await second.DisposeAsync();
        await Eventually.TrueAsync(() => Task.FromResult(app.Hooks.Gone.ContainsKey(socket)), DotNetClient.GoneWithin, "the hook to be told");
        Assert.False(app.Hooks.Gone.ContainsKey(temporary));
        await first.DisposeAsync();
    }
}
