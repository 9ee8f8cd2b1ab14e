using System.Text.Json.Nodes;
using Realtime.Client.Connection;
using Realtime.Client.Tests.Support;

namespace Realtime.Client.Tests.Host;

/// <summary>What becomes of a client whose connection, or server, is lost (promises 2, 3 and 4).</summary>
public sealed class RecoverySpec
{
    private const string ApiKey = "0123456789abcdef";

    private readonly string _name = Clients.AnyRoom();
    private readonly Heard<int> _heard = new();
    private readonly Heard<Recovery> _recoveries = new();

    [Fact]
    public async Task A_cut_connection_comes_back_as_the_same_socket_and_what_was_missed_comes_once_in_order()
    {
        await using var host = await HostProcess.StartAsync();
        await using var cable = new Cable(host.Hub);
        await using var client = await JoinAsync(cable.Url);
        var (id, said) = (client.SocketId, 0);
        for (var round = 1; round <= 5; round++)
        {
            cable.Cut();
            for (var i = 0; i < 10; i++)
                await host.BroadcastAsync(_name, "n", said++);
            cable.Mend();
            await _recoveries.WhenAsync(round);
            for (var i = 0; i < 3; i++)
                await host.BroadcastAsync(_name, "n", said++);
        }
        Assert.Equal(Enumerable.Range(0, said), await _heard.WhenAsync(said));
        Assert.Equal(id, client.SocketId);
        Assert.Equal(Enumerable.Repeat(new Recovery(_name, null, Recovered: true, IsMember: true), 5), _recoveries.Items);
    }

    [Fact]
    public async Task Connections_that_are_cut_at_any_moment_of_a_stream_lose_and_double_nothing()
    {
        const int Total = 400;
        // All of them are kept: who publishes is quicker than who comes back.
        await using var host = await HostProcess.StartAsync(new HostSetup().With("Realtime:Rooms:HistoryMessages", $"{Total}"));
        await using var cable = new Cable(host.Hub);
        await using var client = await JoinAsync(cable.Url);
        var publishing = Task.Run(async () =>
        {
            for (var number = 0; number < Total; number++)
                await host.BroadcastAsync(_name, "n", number);
        });
        for (var round = 1; round <= 6; round++)
        {
            await _heard.WhenAsync(Math.Min(_heard.Count + 20, Total));
            cable.Cut();
            cable.Mend();
            await _recoveries.WhenAsync(round);
        }
        await publishing;
        Assert.Equal(Enumerable.Range(0, Total), await _heard.WhenAsync(Total));
        Assert.All(_recoveries.Items, recovery => Assert.True(recovery.Recovered));
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task Who_gives_up_a_connection_is_waited_for_and_who_says_goodbye_is_not(bool givesUp)
    {
        await using var host = await HostProcess.StartAsync();
        await using var hub = SignalRHub.Create(new RealtimeClientOptions { Service = host.Url }, null, (_, _) => { });
        await hub.StartAsync(CancellationToken.None);
        await hub.InvokeAsync("Join", _name);
        var path = $"/api/sockets/{(await hub.InvokeAsync("Hello")).GetProperty("socketId").GetString()}";
        await (givesUp ? hub.AbandonAsync() : hub.DisposeAsync());
        if (givesUp)
            await Eventually.TrueAsync(async () => !(bool)(await host.SendAsync(HttpMethod.Get, path))["isConnected"]!);
        else
            await Eventually.TrueAsync(async () => (await host.Http.GetAsync(new Uri(path, UriKind.Relative))).StatusCode == System.Net.HttpStatusCode.NotFound);
        Assert.Equal(givesUp ? 1 : 0, (await host.MembersAsync(_name)).Count);
    }

    [Fact]
    public async Task Who_comes_back_after_the_resume_window_joins_again_by_itself_and_is_told_of_the_loss()
    {
        await using var host = await HostProcess.StartAsync(new HostSetup().With("Realtime:ResumeWindow", "00:00:01"));
        await using var cable = new Cable(host.Hub);
        await using var client = await JoinAsync(cable.Url);
        cable.Cut();
        await Eventually.TrueAsync(async () => (await host.MembersAsync(_name)).Count == 0);
        await host.BroadcastAsync(_name, "n", 1);
        cable.Mend();
        Assert.Equal([new(_name, null, Recovered: false, IsMember: true)], await _recoveries.WhenAsync(1));
        await host.BroadcastAsync(_name, "n", 2);
        Assert.Equal([2], await _heard.WhenAsync(1));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task After_kill_9_in_the_middle_of_a_stream_nothing_comes_twice_and_what_is_missing_was_told(bool durable)
    {
        await using var host = await HostProcess.StartAsync(new HostSetup()
            .With("Realtime:Rooms:Patterns:0:Pattern", "room-*").With("Realtime:Rooms:Patterns:0:Durable", durable ? "true" : "false"));
        await using var client = await JoinAsync(host.Url);
        var (id, acknowledged) = (client.SocketId, new List<int>());
        using var stop = new CancellationTokenSource();
        var publishing = Task.Run(() => PublishAsync(host, acknowledged, stop.Token));
        await _heard.WhenAsync(50);
        await host.KillAsync();
        await host.StartAgainAsync();
        await _recoveries.WhenAsync(1);
        await _heard.WhenAsync(_heard.Count + 50);
        await stop.CancelAsync();
        await publishing;
        await _heard.WhenAsync(heard => heard.Contains(acknowledged[^1]), "the last one");

        Assert.Equal(id, client.SocketId); // membership outlives the process
        var recovery = Assert.Single(_recoveries.Items);
        Assert.Equal(_name, recovery.Room);
        if (durable)
            Assert.True(recovery.Recovered); // promise 6
        if (recovery.Recovered)
            Assert.Empty(acknowledged.Except(_heard.Items));
        Assert.Equal(_heard.Items.Order().Distinct(), _heard.Items);
    }

    [Fact]
    public async Task A_client_whose_token_ran_out_comes_back_with_a_fresh_one_and_has_missed_nothing()
    {
        await using var host = await HostProcess.StartAsync(new HostSetup { Environment = "Production" }
            .With("Realtime:Auth:ApiKeys:0", ApiKey).With("Realtime:Auth:Jwt:SigningKey", SignedToken.Key));
        host.Http.DefaultRequestHeaders.Add("X-Api-Key", ApiKey);
        var asked = new Heard<TokenRequest>();
        await using var client = await JoinAsync(host.Url, (request, _) =>
        {
            asked.Add(request);
            return Task.FromResult<string?>(SignedToken.For("ann", request.IsReconnect ? TimeSpan.FromHours(1) : TimeSpan.FromSeconds(3)));
        });
        var (id, said) = (client.SocketId, 0);
        while (_recoveries.Count == 0) // until the connection has ended with its token, and is back
        {
            await host.BroadcastAsync(_name, "n", said++);
            await KeepWithinHistoryAsync(said);
        }
        await host.BroadcastAsync(_name, "n", said++);
        Assert.Equal(Enumerable.Range(0, said), await _heard.WhenAsync(said));
        Assert.Equal(id, client.SocketId);
        Assert.Equal([new(false, 1), new(true, 1)], asked.Items);
        Assert.True(_recoveries.Items[0].Recovered);
    }

    private async Task<RealtimeClient> JoinAsync(Uri url, Func<TokenRequest, CancellationToken, Task<string?>>? token = null)
    {
        var client = await Clients.ConnectAsync(url, token);
        client.Recovered += _recoveries.Add;
        client.Room(_name).On<int>("n", _heard.Add);
        await client.Room(_name).JoinAsync();
        return client;
    }

    // As a publisher does that must not lose anything: again by the same key, until there is a receipt.
    private async Task PublishAsync(HostProcess host, List<int> acknowledged, CancellationToken stop)
    {
        for (var number = 0; !stop.IsCancellationRequested; number++)
        {
            await Eventually.TrueAsync(async () =>
            {
                await host.SendAsync(HttpMethod.Post, $"/api/rooms/{_name}/broadcast",
                    new JsonObject { ["event"] = "n", ["data"] = number, ["idempotencyKey"] = $"n{number}" });
                return true;
            });
            acknowledged.Add(number);
            await KeepWithinHistoryAsync(number);
        }
    }

    // Who is away can get from the room no more than it keeps, and a quick publisher says that in a fraction of a second.
    private Task KeepWithinHistoryAsync(int said) =>
        Eventually.TrueAsync(() => Task.FromResult(said - _heard.Latest < 100 || _recoveries.Count > 0));
}
