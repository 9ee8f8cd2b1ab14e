using System.Text.Json.Nodes;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Realtime.Actors.Names;
using Realtime.Testing;
using Realtime.Testing.Hosting;
using Realtime.Web.VirtualRequests;

namespace Realtime.Web.Tests.VirtualRequests;

/// <summary>Contract C-24: a request with a key is done once, however often it is sent.</summary>
public sealed class RepeatsSpec(Application application) : IClassFixture<Application>
{
    [Fact]
    public async Task The_second_request_with_a_key_gets_the_answer_of_the_first()
    {
        await using var client = await application.ConnectAsync();
        var first = await CountAsync(client, "a");
        Assert.Equal("1", first["body"]!.ToJsonString());
        Assert.Equal(first.ToJsonString(), (await CountAsync(client, "a")).ToJsonString());
        Assert.Equal("2", (await CountAsync(client, "b"))["body"]!.ToJsonString());
        Assert.Equal("3", (await client.RequestAsync("post", "/session/count"))["body"]!.ToJsonString());
    }

    [Fact]
    public async Task A_key_is_of_one_socket_and_one_request()
    {
        await using var client = await application.ConnectAsync();
        await using var other = await application.ConnectAsync();
        await CountAsync(client, "a");
        Assert.Equal("1", (await CountAsync(other, "a"))["body"]!.ToJsonString());
        foreach (var (method, url, body) in new[] { ("get", "/session/count", null), ("post", "/session/count?", null), ("post", "/session/count", "b") })
        {
            var refusal = await client.RequestAsync(method, url, body, Key("a"));
            Assert.Equal(400, refusal.Status());
            Assert.Equal("invalid_request", refusal.Code());
        }
        Assert.Equal(400, (await client.RequestAsync("get", "/quick", headers: Key(new string('k', 129)))).Status());
    }

    [Fact]
    public async Task A_request_with_a_key_goes_on_without_its_connection_and_the_socket_that_comes_back_gets_its_answer()
    {
        await using var cable = new Cable(application.Url);
        await using var client = new HubConnectionBuilder().WithUrl(new Uri(cable.Url, "/realtime")).Build();
        await client.StartAsync();
        var hello = await client.InvokeAsync<JsonObject>("Hello");
        await client.SendAsync("Request", new { url = "/wait", headers = Key("slow") });
        Assert.True(await application.Signals.Waiting.WaitAsync(Eventually.Patience));
        cable.Cut();

        await using var again = await application.ConnectAsync();
        await again.InvokeAsync<JsonObject>("Resume", hello["resumeToken"]!.GetValue<string>(), Array.Empty<object>());
        var answer = again.RequestAsync("get", "/wait", headers: Key("slow"));
        await again.RequestAsync("get", "/quick");
        application.Signals.Release();
        Assert.Equal("waited", (await answer)["body"].Text());
        Assert.Equal(0, application.Signals.Waiting.CurrentCount);
    }

    [Fact]
    public async Task An_answer_that_is_too_large_to_be_kept_is_not_given_again_but_its_request_is_not_served_again_either()
    {
        await using var client = await application.ConnectAsync();
        Assert.Equal(200, (await client.RequestAsync("get", "/big/5000", headers: Key("big"))).Status());
        var again = await client.RequestAsync("get", "/big/5000", headers: Key("big"));
        Assert.Equal(409, again.Status());
        Assert.Equal("answered_before", again.Code());
    }

    private static Task<JsonObject> CountAsync(HubConnection client, string key) => client.RequestAsync("post", "/session/count", headers: Key(key));

    private static Dictionary<string, object?> Key(string key) => new() { ["Idempotency-Key"] = key };
}

/// <summary>What a node remembers is bounded: for each socket, in all, and in time.</summary>
public sealed class RememberedAnswersSpec
{
    private static readonly SocketId Ann = NewSocket();

    private readonly FakeTimeProvider _time = new();
    private readonly RememberedAnswers _remembered;

    public RememberedAnswersSpec() => _remembered = new(_time, Options.Create(new RealtimeOptions()));

    [Fact]
    public void The_last_keys_of_a_socket_are_remembered()
    {
        for (var number = 0; number < 65; number++)
            Assert.True(IsNew(Ann, $"{number}"));
        Assert.False(IsNew(Ann, "64"));
        Assert.False(IsNew(Ann, "1"));
        Assert.True(IsNew(Ann, "0"));
        Assert.Equal(64, _remembered.Count);
    }

    [Fact]
    public void They_are_forgotten_when_the_socket_can_no_longer_come_back()
    {
        var options = new RealtimeOptions();
        IsNew(Ann, "a");
        _time.Advance(options.ResumeWindow);
        Assert.False(IsNew(Ann, "a"));
        _time.Advance(options.VirtualRequests.AnswerWithin + TimeSpan.FromSeconds(1));
        Assert.True(IsNew(NewSocket(), "a"));
        Assert.Equal(1, _remembered.Count);
    }

    [Fact]
    public void Many_sockets_fill_no_memory()
    {
        for (var number = 0; number < 20_000; number++)
            IsNew(NewSocket(), "a");
        Assert.Equal(16 * 1024, _remembered.Count);
    }

    private static SocketId NewSocket() => SocketId.New(new NodeId(1));

    private bool IsNew(SocketId socket, string key)
    {
        _remembered.Take(socket, key, string.Empty, out var isFirst);
        return isFirst;
    }
}
