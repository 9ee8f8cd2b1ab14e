using Microsoft.AspNetCore.SignalR.Client;

namespace Realtime.Web.Tests.Transport;

/// <summary>However a connection ends, each side comes to know, once and soon.</summary>
public sealed class ClosingSpec : IAsyncLifetime
{
    private HubServer _server = null!;

    public async Task InitializeAsync() => _server = await HubServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Theory]
    [InlineData("/fast")]
    [InlineData("/stock")]
    public async Task A_client_that_stops_is_missed_without_an_error(string path)
    {
        await using var client = _server.Client(path: path);
        await client.StartAsync();
        var id = client.ConnectionId!;
        await client.StopAsync();
        Assert.Null(await _server.Observed.EndAsync(id));
    }

    [Theory]
    [InlineData("/fast")]
    [InlineData("/stock")]
    public async Task A_close_frame_is_answered_and_then_the_connection_ends(string path)
    {
        using var client = await RawClient.OpenHubAsync(_server.Port, path);
        var id = (await client.CallAsync("Identity")).GetString()!;
        await client.SendAsync(RawFrame.OfClose(4321, "enough"));
        Assert.Equal(1000, await client.ReadCloseAsync());
        Assert.Null(await client.ReadFrameAsync());
        Assert.Null(await _server.Observed.EndAsync(id));
    }

    [Theory]
    [InlineData("/fast")]
    [InlineData("/streamed")]
    public async Task What_a_client_said_before_it_closed_is_heard(string path)
    {
        var opens = new TaskCompletionSource();
        _server.Observed.Opens = opens.Task;
        using var client = await RawClient.OpenHubAsync(_server.Port, path);
        await client.SendAsync(RawFrame.OfText(RawClient.Invocation("9", "Note", "last words")));
        await client.SendAsync(RawFrame.OfClose(1000));
        Assert.Equal(1000, await client.ReadCloseAsync());
        opens.SetResult();
        Assert.Equal("last words", await _server.Observed.Noted.Task.WaitAsync(Limits.Patience));
    }

    [Theory]
    [InlineData("/fast")]
    [InlineData("/stock")]
    public async Task A_call_at_work_learns_that_its_client_closed(string path)
    {
        using var client = await RawClient.OpenHubAsync(_server.Port, path);
        await client.SendAsync(RawFrame.OfText(RawClient.Invocation("9", "WaitUntilGone")));
        await client.SendAsync(RawFrame.OfClose(1000));
        Assert.Equal(1000, await client.ReadCloseAsync());
        await WaitForWaitingAsync();
    }

    [Theory]
    [InlineData("/fast")]
    [InlineData("/stock")]
    public async Task A_call_at_work_learns_that_its_client_was_lost(string path)
    {
        var client = await RawClient.OpenHubAsync(_server.Port, path);
        var id = (await client.CallAsync("Identity")).GetString()!;
        await client.SendAsync(RawFrame.OfText(RawClient.Invocation("9", "WaitUntilGone")));
        await client.SendAsync(new RawFrame(RawFrame.Ping, [1]));
        while ((await client.ReadFrameAsync())!.Opcode != RawFrame.Pong)
        {
        }

        client.Reset();
        await WaitForWaitingAsync();
        Assert.Null(await _server.Observed.EndAsync(id));
    }

    [Theory]
    [InlineData("/fast")]
    [InlineData("/stock")]
    public async Task A_client_that_breaks_the_protocol_is_told_and_its_hub_gets_the_reason(string path)
    {
        var told = await BreakProtocolAsync(path);
        // The stock transport may cut the connection off before its close frame has gone out, as in StockComparisonSpec; ours never does.
        for (var tries = 1; told is null && path == "/stock" && tries < 50; tries++)
            told = await BreakProtocolAsync(path);
        Assert.Equal(1002, told);
    }

    // The code of the close frame; null when the connection ended without one.
    private async Task<int?> BreakProtocolAsync(string path)
    {
        using var client = await RawClient.OpenHubAsync(_server.Port, path);
        var id = (await client.CallAsync("Identity")).GetString()!;
        await client.SendAsync(RawFrame.OfText("x") with { ReservedBits = 2 });
        int? code = null;
        try
        {
            code = await client.ReadCloseAsync();
        }
        catch (IOException)
        {
            // It was cut off.
        }
        Assert.NotNull(await _server.Observed.EndAsync(id));
        return code;
    }

    [Theory]
    [InlineData("/fast")]
    [InlineData("/stock")]
    public async Task A_client_that_the_hub_aborts_gets_its_close_frame(string path)
    {
        using var client = await RawClient.OpenHubAsync(_server.Port, path);
        var id = (await client.CallAsync("Identity")).GetString()!;
        await client.SendAsync(RawFrame.OfText(RawClient.Invocation("9", "AbortMe")));
        Assert.Equal(1000, await client.ReadCloseAsync());
        await client.SendAsync(RawFrame.OfClose(1000));
        Assert.Null(await client.ReadFrameAsync());
        Assert.Null(await _server.Observed.EndAsync(id));
    }

    [Theory]
    [InlineData("/fast")]
    [InlineData("/stock")]
    public async Task The_stock_client_learns_that_the_hub_aborted_it(string path)
    {
        await using var client = _server.Client(path: path);
        var closed = new TaskCompletionSource<Exception?>();
        client.Closed += error =>
        {
            closed.SetResult(error);
            return Task.CompletedTask;
        };
        await client.StartAsync();
        await client.SendAsync("AbortMe");
        Assert.Null(await closed.Task.WaitAsync(Limits.Patience));
    }

    [Fact]
    public async Task A_client_that_does_not_answer_the_close_frame_is_cut_off()
    {
        await using var server = await HubServer.StartAsync(
            fast: options => options.Dispatcher.WebSockets.CloseTimeout = TimeSpan.FromMilliseconds(50));
        using var client = await RawClient.OpenHubAsync(server.Port, "/fast");
        await client.SendAsync(RawFrame.OfText(RawClient.Invocation("9", "AbortMe")));
        Assert.Equal(1000, await client.ReadCloseAsync());
        Assert.Null(await client.ReadFrameAsync());
    }

    [Fact]
    public async Task A_server_that_stops_lets_its_clients_know_that_they_may_come_back()
    {
        var server = await HubServer.StartAsync();
        using var client = await RawClient.OpenHubAsync(server.Port, "/fast");
        var id = (await client.CallAsync("Identity")).GetString()!;
        var stopping = server.StopAsync();
        Assert.Equal("{\"type\":7,\"allowReconnect\":true}\u001e", (await client.ReadFrameAsync())!.PayloadText);
        Assert.Equal(1000, await client.ReadCloseAsync());
        await client.SendAsync(RawFrame.OfClose(1000));
        Assert.Null(await client.ReadFrameAsync());
        await stopping;
        Assert.Null(await server.Observed.EndAsync(id));
        await server.DisposeAsync();
    }

    [Fact]
    public async Task A_server_stops_although_a_client_does_not_answer()
    {
        var server = await HubServer.StartAsync(
            fast: options => options.Dispatcher.WebSockets.CloseTimeout = TimeSpan.FromMilliseconds(50));
        using var client = await RawClient.OpenHubAsync(server.Port, "/fast");
        await server.StopAsync();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task A_client_that_says_nothing_is_closed_when_its_handshake_times_out()
    {
        await using var server = await HubServer.StartAsync(hub: options => options.HandshakeTimeout = TimeSpan.FromMilliseconds(50));
        using var client = await RawClient.ConnectAsync(server.Port, "/fast");
        Assert.StartsWith("HTTP/1.1 101", await client.ReadHeadAsync(), StringComparison.Ordinal);
        Assert.Contains("Handshake was canceled", (await client.ReadFrameAsync())!.PayloadText, StringComparison.Ordinal);
        Assert.Equal(1000, await client.ReadCloseAsync());
    }

    [Fact]
    public async Task A_client_that_falls_silent_is_cut_off_and_one_that_only_listens_is_pinged()
    {
        await using var server = await HubServer.StartAsync(hub: options =>
        {
            options.KeepAliveInterval = TimeSpan.FromMilliseconds(100);
            options.ClientTimeoutInterval = TimeSpan.FromMilliseconds(500);
        });
        using var silent = await RawClient.OpenHubAsync(server.Port, "/fast");
        Assert.Equal("{\"type\":6}\u001e", (await silent.ReadFrameAsync())!.PayloadText);

        // A client that has pinged once must go on with it.
        await silent.SendAsync(RawFrame.OfText("{\"type\":6}\u001e"));
        Assert.Equal(1000, await silent.ReadCloseAsync());
    }

    private async Task WaitForWaitingAsync()
    {
        var wait = await _server.Observed.Waits.Task.WaitAsync(Limits.Patience);
        await wait.WaitAsync(Limits.Patience);
    }
}
