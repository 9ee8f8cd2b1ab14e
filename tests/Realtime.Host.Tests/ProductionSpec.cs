using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;

namespace Realtime.Host.Tests;

/// <summary>What is open on a developer's machine is closed in production until somebody opens it.</summary>
public sealed class ProductionSpec(ProductionSpec.Fixture fixture) : IClassFixture<ProductionSpec.Fixture>
{
    private const string Broadcast = "/api/rooms/funSockets/broadcast";
    private const string Key = "0123456789abcdef";
    private const string Foreign = "https://evil.example";

    private readonly HostProcess _host = fixture.Process;

    [Fact]
    public async Task Without_a_key_the_api_answers_401_and_says_how_to_configure_one()
    {
        var (status, mediaType, problem) = await _host.PostRawAsync(Broadcast, """{"event":"hello","data":"let me in"}""");
        Assert.Equal((401, "application/problem+json", "unauthorized"), (status, mediaType, (string?)problem["code"]));
        Assert.Contains("Realtime:Auth:ApiKeys", (string)problem["detail"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_a_key_it_is_open_to_those_who_send_it()
    {
        await using var host = await HostProcess.StartAsync(new HostSetup { Environment = "Production" }.With("Realtime:Auth:ApiKeys:0", Key));
        Assert.Equal(HttpStatusCode.OK, await BroadcastAsync("Authorization", $"Bearer {Key}"));
        Assert.Equal(HttpStatusCode.OK, await BroadcastAsync("X-Api-Key", Key));
        Assert.Equal(HttpStatusCode.Unauthorized, await BroadcastAsync("X-Api-Key", $"{Key}!"));
        Assert.Equal(HttpStatusCode.Unauthorized, await BroadcastAsync("Authorization", "Bearer"));
        Assert.Equal(HttpStatusCode.Unauthorized, await BroadcastAsync("Accept", "application/json"));

        async Task<HttpStatusCode> BroadcastAsync(string header, string value)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, Broadcast) { Content = JsonContent.Create(new { @event = "hello" }) };
            Assert.True(request.Headers.TryAddWithoutValidation(header, value));
            using var answer = await host.Http.SendAsync(request);
            return answer.StatusCode;
        }
    }

    [Fact]
    public async Task The_demo_is_not_there_and_the_line_that_says_where_the_service_is_does_not_name_it()
    {
        using var answer = await _host.Http.GetAsync(new Uri("/", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        var line = Assert.Single(_host.Output.Lines, line => line.Contains(_host.Hub.AbsoluteUri, StringComparison.Ordinal));
        Assert.DoesNotContain("Demo", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_foreign_origin_may_not_negotiate()
    {
        Assert.Equal(HttpStatusCode.Forbidden, await NegotiateAsync(Foreign));
        Assert.Equal(HttpStatusCode.Forbidden, await NegotiateAsync("null"));
    }

    [Fact]
    public async Task A_foreign_origin_may_not_open_a_websocket()
    {
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Origin", Foreign);
        socket.Options.CollectHttpResponseDetails = true;
        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(new UriBuilder(_host.Hub) { Scheme = "ws" }.Uri, default));
        Assert.Equal(HttpStatusCode.Forbidden, socket.HttpStatusCode);
    }

    [Fact]
    public async Task The_own_origin_and_clients_outside_browsers_may_negotiate()
    {
        Assert.NotEqual(HttpStatusCode.Forbidden, await NegotiateAsync(_host.Url.GetLeftPart(UriPartial.Authority)));
        Assert.NotEqual(HttpStatusCode.Forbidden, await NegotiateAsync(null));
    }

    private async Task<HttpStatusCode> NegotiateAsync(string? origin)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/realtime/negotiate?negotiateVersion=1");
        if (origin is not null)
            request.Headers.Add("Origin", origin);
        using var answer = await _host.Http.SendAsync(request);
        return answer.StatusCode;
    }

    /// <summary>A Host in production that nobody has configured.</summary>
    public sealed class Fixture : IAsyncLifetime
    {
        private HostProcess? _process;

        /// <summary>The process.</summary>
        public HostProcess Process => _process ?? throw new InvalidOperationException("The Host has not been started yet.");

        /// <inheritdoc/>
        public async Task InitializeAsync() => _process = await HostProcess.StartAsync(new() { Environment = "Production" });

        /// <inheritdoc/>
        public async Task DisposeAsync() => await Process.DisposeAsync();
    }
}
