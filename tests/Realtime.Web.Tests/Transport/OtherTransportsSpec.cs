using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;

namespace Realtime.Web.Tests.Transport;

/// <summary>Clients that cannot use WebSockets are served by the stock transports, at the same path.</summary>
public sealed class OtherTransportsSpec : IAsyncLifetime
{
    private HubServer _server = null!;

    public async Task InitializeAsync() => _server = await HubServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Theory]
    [InlineData(HttpTransportType.ServerSentEvents, "json")]
    [InlineData(HttpTransportType.LongPolling, "json")]
    [InlineData(HttpTransportType.LongPolling, "messagepack")]
    public async Task A_client_is_served_under_the_id_that_it_was_told(HttpTransportType transport, string protocol)
    {
        await using var client = _server.Client(protocol, transports: transport);
        await client.StartAsync();
        Assert.Equal(transport.ToString(), await client.InvokeAsync<string>("TransportType"));
        Assert.Equal(client.ConnectionId, await client.InvokeAsync<string>("Identity"));
        Assert.False(await client.InvokeAsync<bool>("HasFrameWriter"));
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal($"{i}", await client.InvokeAsync<string>("Echo", $"{i}"));
        }

        var id = client.ConnectionId!;
        await client.StopAsync();
        await _server.Observed.EndAsync(id);
    }

    [Theory]
    [InlineData(HttpTransportType.WebSockets)]
    [InlineData(HttpTransportType.ServerSentEvents)]
    public async Task A_client_of_http_2_is_served(HttpTransportType transport)
    {
        await using var client = _server.Client(transports: transport, scheme: "https", configure: options =>
        {
            if (transport == HttpTransportType.WebSockets)
            {
                options.WebSocketConfiguration = socket =>
                {
                    socket.HttpVersion = HttpVersion.Version20;
                    socket.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
                };
            }
        });
        await client.StartAsync();
        Assert.Equal(transport.ToString(), await client.InvokeAsync<string>("TransportType"));
        Assert.Equal(client.ConnectionId, await client.InvokeAsync<string>("Identity"));
        Assert.Equal("HTTP/2", await client.InvokeAsync<string>("HttpVersion"));
    }

    [Fact]
    public async Task Both_versions_of_the_negotiation_are_answered()
    {
        using var http = new HttpClient();
        var old = await NegotiateAsync(http, "/fast/negotiate");
        Assert.Equal(0, old.GetProperty("negotiateVersion").GetInt32());
        Assert.False(old.TryGetProperty("connectionToken", out _));

        var current = await NegotiateAsync(http, "/fast/negotiate?negotiateVersion=1");
        Assert.Equal(1, current.GetProperty("negotiateVersion").GetInt32());
        Assert.NotEqual(current.GetProperty("connectionId").GetString(), current.GetProperty("connectionToken").GetString());

        var future = await NegotiateAsync(http, "/fast/negotiate?negotiateVersion=7");
        Assert.Equal(1, future.GetProperty("negotiateVersion").GetInt32());
    }

    [Theory]
    [InlineData("")]
    [InlineData("?negotiateVersion=1")]
    [InlineData("?negotiateVersion=2")]
    [InlineData("?negotiateVersion=-1")]
    [InlineData("?negotiateVersion=soon")]
    [InlineData("?negotiateVersion=1&useStatefulReconnect=true")]
    public async Task The_answer_to_a_negotiation_has_the_form_of_the_stock_one(string query)
    {
        using var http = new HttpClient();
        var (fast, stock) = (await NegotiateAsync(http, "/fast/negotiate" + query), await NegotiateAsync(http, "/stock/negotiate" + query));
        Assert.Equal(Form(stock), Form(fast));

        static string Form(JsonElement answer) => string.Join(' ', answer.EnumerateObject().Select(property =>
            property.Name is "connectionId" or "connectionToken"
                ? $"{property.Name}({property.Value.GetString()!.Length})"
                : property.ToString()));
    }

    [Theory]
    [InlineData("GET", "/negotiate")]
    [InlineData("GET", "")]
    [InlineData("GET", "?id=unknown")]
    [InlineData("POST", "")]
    [InlineData("POST", "?id=unknown")]
    [InlineData("DELETE", "?id=unknown")]
    [InlineData("PUT", "")]
    public async Task Requests_that_make_no_sense_are_refused_like_by_the_stock_transport(string method, string rest)
    {
        using var http = new HttpClient();
        var (fast, stock) = (await AskAsync("/fast"), await AskAsync("/stock"));
        Assert.Equal(stock, fast);

        async Task<string> AskAsync(string path)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), _server.Url(path + rest));
            using var answer = await http.SendAsync(request);
            return $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}";
        }
    }

    private async Task<JsonElement> NegotiateAsync(HttpClient http, string path)
    {
        using var answer = await http.PostAsync(_server.Url(path), content: null);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }
}
