using System.Text.Json.Nodes;

namespace Realtime.Web.Tests.VirtualRequests;

/// <summary>Contract V-9, V-11: what a request cannot say of itself.</summary>
public sealed class HandshakeSpec(Application application) : IClassFixture<Application>
{
    [Fact]
    public async Task Host_origin_cookies_and_address_are_those_of_the_handshake_V11()
    {
        await using var client = await application.ConnectAsync(configure: options =>
        {
            options.Headers["Origin"] = "https://pages.example";
            options.Headers["Cookie"] = "a=1; b=2";
        });
        var seen = await EchoAsync(client, new()
        {
            ["host"] = "spoofed", ["origin"] = "https://spoofed", ["cookie"] = "a=spoofed", ["x-forwarded-for"] = "6.6.6.6",
            ["X-Real-Ip"] = "6.6.6.6", ["x-client-cert"] = "spoofed", ["X-Original-Host"] = "spoofed", ["forwarded"] = "for=6.6.6.6",
        });
        Assert.Equal(application.Url.Authority, seen["host"].Text());
        Assert.Equal("127.0.0.1", seen["remote"].Text());
        Assert.Equal("https://pages.example", seen["headers"]!["origin"].Text());
        Assert.Equal("a=1; b=2", seen["headers"]!["cookie"].Text());
        Assert.DoesNotContain("6.6.6.6", seen.ToJsonString());
        Assert.DoesNotContain("spoofed", seen.ToJsonString());
    }

    [Fact]
    public async Task What_the_proxy_said_at_the_handshake_holds_V9()
    {
        await using var client = await application.ConnectAsync(configure: options =>
        {
            options.Headers["X-Forwarded-For"] = "10.1.1.1";
            options.Headers["X-Client-Cert"] = "a certificate";
        });
        var seen = await EchoAsync(client, new() { ["x-forwarded-for"] = "6.6.6.6" });
        Assert.Equal("10.1.1.1", seen["headers"]!["x-forwarded-for"].Text());
        Assert.Equal("a certificate", seen["headers"]!["x-client-cert"].Text());
    }

    [Fact]
    public async Task Headers_of_a_connection_are_not_a_requests_to_send()
    {
        await using var client = await application.ConnectAsync();
        var seen = await EchoAsync(client, new() { ["transfer-encoding"] = "chunked", ["content-length"] = "7", ["connection"] = "upgrade", ["upgrade"] = "websocket" });
        var headers = seen["headers"]!.AsObject();
        Assert.False(headers.ContainsKey("transfer-encoding") || headers.ContainsKey("content-length") || headers.ContainsKey("connection") || headers.ContainsKey("upgrade"));
        Assert.Equal("application/json", headers["accept"].Text());
    }

    [Fact]
    public async Task The_token_of_the_handshake_goes_along_unless_the_request_has_its_own()
    {
        await using var client = await application.ConnectAsync(configure: options => options.Headers["Authorization"] = "Bearer mine");
        Assert.Equal("Bearer mine", (await EchoAsync(client, []))["headers"]!["authorization"].Text());
        Assert.Equal("Bearer other", (await EchoAsync(client, new() { ["authorization"] = "Bearer other" }))["headers"]!["authorization"].Text());
    }

    private static async Task<JsonNode> EchoAsync(Microsoft.AspNetCore.SignalR.Client.HubConnection client, Dictionary<string, object?> headers) =>
        (await client.RequestAsync("get", "/echo/it", headers: headers))["body"]!;
}
