using Microsoft.AspNetCore.SignalR.Client;
using Realtime.Testing;

namespace Realtime.Web.Tests.VirtualRequests;

/// <summary>What is too much, too long, or not possible over a socket.</summary>
public sealed class LimitsSpec(Application application) : IClassFixture<Application>
{
    [Fact]
    public async Task A_request_that_is_too_large_is_refused_and_the_connection_goes_on()
    {
        await using var client = await application.ConnectAsync();
        Assert.Equal(200, (await client.RequestAsync("post", "/echo/it", new string('x', Application.RequestBytes - 2))).Status());
        var answer = await client.RequestAsync("post", "/echo/it", new string('x', Application.RequestBytes - 1));
        Assert.Equal(413, answer.Status());
        Assert.Equal("payload_too_large", answer.Code());
        Assert.Equal(HubConnectionState.Connected, client.State);
    }

    [Fact]
    public async Task An_answer_up_to_the_limit_arrives_and_a_larger_one_is_refused()
    {
        await using var client = await application.ConnectAsync();
        Assert.Equal(Application.ResponseBytes, (await client.RequestAsync("get", $"/big/{Application.ResponseBytes}"))["body"].Text()!.Length);
        Assert.Equal(500, (await client.RequestAsync("get", $"/big/{Application.ResponseBytes + 1}")).Status());
        var endless = await client.RequestAsync("get", "/endless");
        Assert.Equal(500, endless.Status());
        Assert.Contains("larger than", endless["body"]!["detail"].Text());
    }

    [Theory, InlineData("/events"), InlineData("/upgrade")]
    public async Task Streams_and_upgrades_are_refused_V13(string url)
    {
        await using var client = await application.ConnectAsync();
        var answer = await client.RequestAsync("get", url);
        Assert.Equal(501, answer.Status());
        Assert.Equal("not_supported", answer.Code());
    }

    [Fact]
    public async Task A_client_that_leaves_stops_its_requests()
    {
        var client = await application.ConnectAsync();
        await client.SendAsync("Request", new { url = "/until-stopped" });
        Assert.True(await application.Signals.Waiting.WaitAsync(Eventually.Patience));
        await client.DisposeAsync();
        Assert.True(await application.Signals.Stopped.WaitAsync(Eventually.Patience));
    }
}

public sealed class TimeLimitSpec(HurriedApplication application) : IClassFixture<HurriedApplication>
{
    [Fact]
    public async Task An_application_that_takes_too_long_is_stopped_and_the_client_told_V8()
    {
        await using var client = await application.ConnectAsync();
        var answer = await client.RequestAsync("get", "/until-stopped");
        Assert.Equal(504, answer.Status());
        Assert.Equal("timed_out", answer.Code());
        Assert.True(await application.Signals.Stopped.WaitAsync(Eventually.Patience));
    }

    [Fact]
    public async Task One_that_does_not_stop_keeps_its_place()
    {
        await using var client = await application.ConnectAsync();
        for (var i = 0; i < Application.PerSocket; i++)
            Assert.Equal(504, (await client.RequestAsync("get", "/wait")).Status());
        Assert.Equal(429, (await client.RequestAsync("get", "/quick")).Status());
        application.Signals.Release();
        await Eventually.TrueAsync(async () => (await client.RequestAsync("get", "/quick")).Status() == 200);
    }
}

public sealed class DevelopmentSpec(ApplicationInDevelopment application) : IClassFixture<ApplicationInDevelopment>
{
    [Fact]
    public async Task A_fault_shows_no_stack_in_Development_either_V14()
    {
        await using var client = await application.ConnectAsync();
        var answer = await client.RequestAsync("get", "/boom");
        Assert.Equal(500, answer.Status());
        Assert.DoesNotContain("secret", answer.ToJsonString(), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(400, (await client.RequestAsync("post", "/typed", new { name = "rex", age = "old" })).Status());
    }
}
