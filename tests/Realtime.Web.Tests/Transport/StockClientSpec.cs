using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;

namespace Realtime.Web.Tests.Transport;

/// <summary>The stock .NET client notices no difference, whatever its protocol, its way in, and the wire.</summary>
public sealed class StockClientSpec : IAsyncLifetime
{
    private HubServer _server = null!;

    public async Task InitializeAsync() => _server = await HubServer.StartAsync(hub: options => options.MaximumReceiveMessageSize = null);

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public static TheoryData<string, bool, string> Ways()
    {
        var ways = new TheoryData<string, bool, string>();
        foreach (var protocol in new[] { "json", "messagepack" })
        {
            foreach (var scheme in new[] { "http", "https" })
            {
                ways.Add(protocol, true, scheme);
                ways.Add(protocol, false, scheme);
            }
        }

        return ways;
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task A_client_calls_the_hub_and_gets_answers(string protocol, bool negotiates, string scheme)
    {
        await using var client = await ConnectAsync(protocol, negotiates, scheme);
        for (var i = 0; i < 100; i++)
        {
            Assert.Equal($"call {i} ä€😀", await client.InvokeAsync<string>("Echo", $"call {i} ä€😀"));
        }

        Assert.True(await client.InvokeAsync<bool>("HasFrameWriter"));
        Assert.Equal("WebSockets", await client.InvokeAsync<string>("TransportType"));
        if (negotiates)
        {
            Assert.Equal(client.ConnectionId, await client.InvokeAsync<string>("Identity"));
        }
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task Many_calls_at_once_are_all_answered(string protocol, bool negotiates, string scheme)
    {
        await using var client = await ConnectAsync(protocol, negotiates, scheme);
        var answers = await Task.WhenAll(Enumerable.Range(0, 500).Select(i => client.InvokeAsync<string>("Echo", $"{i}")));
        Assert.Equal(Enumerable.Range(0, 500).Select(i => $"{i}"), answers);
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task Streams_flow_both_ways(string protocol, bool negotiates, string scheme)
    {
        await using var client = await ConnectAsync(protocol, negotiates, scheme);
        var received = new List<int>();
        await foreach (var number in client.StreamAsync<int>("Count", 1000))
        {
            received.Add(number);
        }

        Assert.Equal(Enumerable.Range(0, 1000), received);
        Assert.Equal(499_500, await client.InvokeAsync<int>("Sum", Numbers()));

        static async IAsyncEnumerable<int> Numbers()
        {
            for (var i = 0; i < 1000; i++)
            {
                await Task.Yield();
                yield return i;
            }
        }
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task Large_messages_arrive_whole(string protocol, bool negotiates, string scheme)
    {
        await using var client = await ConnectAsync(protocol, negotiates, scheme);
        foreach (var length in new[] { 0, 1, 100, 125, 126, 4095, 4096, 65_535, 65_536, 1_000_000, 8_000_000 })
        {
            var bytes = new byte[length];
            Random.Shared.NextBytes(bytes);
            Assert.Equal(bytes, await client.InvokeAsync<byte[]>("EchoBytes", bytes));
        }
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task The_hub_calls_its_client_and_gets_an_answer(string protocol, bool negotiates, string scheme)
    {
        await using var client = await ConnectAsync(protocol, negotiates, scheme);
        using var handler = client.On<int, int>("Double", number => 2 * number);
        await using var second = await ConnectAsync(protocol, negotiates, scheme);

        // A call back needs the connection's loop, so it comes from the hub's context, not from within a call.
        var id = await client.InvokeAsync<string>("Identity");
        Assert.Equal(42, await _server.Hub.Clients.Client(id).InvokeAsync<int>("Double", 21, default));
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task What_many_threads_send_arrives_once_each(string protocol, bool negotiates, string scheme)
    {
        await using var client = await ConnectAsync(protocol, negotiates, scheme);
        var seen = new HashSet<int>();
        var all = new TaskCompletionSource();
        using var handler = client.On<int, string>("Item", (number, text) =>
        {
            Assert.Equal(1000, text.Length);
            Assert.True(seen.Add(number));
            if (seen.Count == 2000)
            {
                all.SetResult();
            }
        });
        await client.InvokeAsync("SendMany", 2000, 1000);
        await all.Task.WaitAsync(Limits.Patience);
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task A_failing_call_fails_at_the_client_and_harms_nothing(string protocol, bool negotiates, string scheme)
    {
        await using var client = await ConnectAsync(protocol, negotiates, scheme);
        var failure = await Assert.ThrowsAsync<HubException>(() => client.InvokeAsync("Fail"));
        Assert.Contains("as asked", failure.Message, StringComparison.Ordinal);
        Assert.Equal("still here", await client.InvokeAsync<string>("Echo", "still here"));
    }

    private async Task<HubConnection> ConnectAsync(string protocol, bool negotiates, string scheme)
    {
        var client = _server.Client(protocol, negotiates, scheme: scheme);
        await client.StartAsync();
        return client;
    }
}
