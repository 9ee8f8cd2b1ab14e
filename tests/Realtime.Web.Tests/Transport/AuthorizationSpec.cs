using System.Net;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;

namespace Realtime.Web.Tests.Transport;

/// <summary>The hub's attributes guard each way to it, and its users are known in it.</summary>
public sealed class AuthorizationSpec : IAsyncLifetime
{
    private HubServer _server = null!;

    public async Task InitializeAsync() =>
        _server = await HubServer.StartAsync(fast: options => options.Dispatcher.CloseOnAuthenticationExpiration = true);

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Theory]
    [InlineData(true, HttpTransportType.WebSockets)]
    [InlineData(false, HttpTransportType.WebSockets)]
    [InlineData(true, HttpTransportType.ServerSentEvents)]
    [InlineData(true, HttpTransportType.LongPolling)]
    public async Task Who_is_known_gets_in_by_name(bool negotiates, HttpTransportType transport)
    {
        await using var client = _server.Client(negotiates: negotiates, transports: transport, path: "/guarded?user=ann");
        await client.StartAsync();
        Assert.Equal("ann", await client.InvokeAsync<string>("UserName"));
        Assert.Equal("ann", await client.InvokeAsync<string>("QueryOf", "user"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Who_is_not_known_stays_out(bool negotiates)
    {
        await using var client = _server.Client(negotiates: negotiates, path: "/guarded");
        await Assert.ThrowsAnyAsync<Exception>(() => client.StartAsync());

        using var raw = await RawClient.ConnectAsync(_server.Port, "/guarded");
        Assert.StartsWith("HTTP/1.1 401", await raw.ReadHeadAsync(), StringComparison.Ordinal);
        using var http = new HttpClient();
        using var answer = await http.PostAsync(_server.Url("/guarded/negotiate"), content: null);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task Who_s_time_is_up_is_sent_away()
    {
        using var client = await RawClient.OpenHubAsync(_server.Port, "/guarded?user=ann&seconds=1");
        Assert.Equal(1000, await client.ReadCloseAsync());
    }
}
