using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Realtime.Web.Tests.Transport;

/// <summary>The opening handshake (RFC 6455, section 4), compared with the stock transport's where both answer.</summary>
public sealed class HandshakeSpec : IAsyncLifetime
{
    private HubServer _server = null!;

    public async Task InitializeAsync() => _server = await HubServer.StartAsync(more: builder =>
        builder.Services.Configure<WebSocketOptions>(options => options.AllowedOrigins.Add("http://good.example")));

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task The_answer_proves_that_the_key_was_read_and_agrees_on_nothing_more()
    {
        using var client = await RawClient.ConnectAsync(
            _server.Port, "/fast", "Sec-WebSocket-Extensions: permessage-deflate\r\nSec-WebSocket-Protocol: chat\r\n");
        var head = await client.ReadHeadAsync();
        Assert.StartsWith("HTTP/1.1 101 Switching Protocols\r\n", head, StringComparison.Ordinal);
        Assert.Contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n", head, StringComparison.Ordinal); // the example of section 1.3
        Assert.DoesNotContain("Sec-WebSocket-Extensions", head, StringComparison.Ordinal);
        Assert.DoesNotContain("Sec-WebSocket-Protocol", head, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Origin: http://good.example\r\n")]
    [InlineData("Origin: http://evil.example\r\n")]
    [InlineData("Sec-WebSocket-Version: 8\r\n")]
    [InlineData("Sec-WebSocket-Extensions: permessage-deflate\r\n")]
    public async Task A_handshake_is_answered_like_by_the_stock_transport(string headers)
    {
        Assert.Equal(await AskAsync("/stock"), await AskAsync("/fast"));

        async Task<string> AskAsync(string path)
        {
            using var client = await RawClient.ConnectAsync(_server.Port, path, headers);
            var lines = (await client.ReadHeadAsync()).Split("\r\n").Where(line => !line.StartsWith("Date", StringComparison.Ordinal));
            return string.Join('\n', lines.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task A_token_opens_one_connection()
    {
        using var http = new HttpClient();
        using var answer = await http.PostAsync(_server.Url("/fast/negotiate?negotiateVersion=1"), content: null);
        var token = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("connectionToken").GetString();

        using var first = await RawClient.OpenHubAsync(_server.Port, $"/fast?id={token}");
        using var second = await RawClient.ConnectAsync(_server.Port, $"/fast?id={token}");
        Assert.StartsWith("HTTP/1.1 409", await second.ReadHeadAsync(), StringComparison.Ordinal);
        Assert.Equal("mine", (await first.CallAsync("Echo", "mine")).GetString());
    }

    [Fact]
    public async Task A_token_that_nobody_was_given_opens_none()
    {
        using var client = await RawClient.ConnectAsync(_server.Port, "/fast?id=invented");
        Assert.StartsWith("HTTP/1.1 404", await client.ReadHeadAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Frames_that_come_in_one_segment_with_the_handshake_are_answered_after_it()
    {
        // Section 4.1 says that a client must wait for the answer first. One that does not is served all the same.
        for (var i = 0; i < 50; i++)
        {
            var frame = RawFrame.OfText("{\"protocol\":\"json\",\"version\":1}\u001e");
            using var client = await RawClient.ConnectAsync(_server.Port, "/fast", early: frame.ToBytes());
            Assert.StartsWith("HTTP/1.1 101", await client.ReadHeadAsync(), StringComparison.Ordinal);
            Assert.Equal("{}\u001e", (await client.ReadFrameAsync())!.PayloadText);
            Assert.Equal("ok", (await client.CallAsync("Echo", "ok")).GetString());
        }
    }
}
