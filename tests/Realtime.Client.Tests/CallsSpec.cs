using System.Text.Json;
using Realtime.Client.Tests.Support;

namespace Realtime.Client.Tests;

/// <summary>What becomes of calls while connections come and go (contract C-21 to C-23, X-21).</summary>
public sealed class CallsSpec
{
    private static readonly object Ok = new { statusCode = 200, headers = new { }, body = "ok" };

    private readonly FakeServer _server = new();

    [Fact]
    public async Task What_is_asked_for_without_a_connection_is_sent_in_order_when_there_is_one()
    {
        await using var client = _server.Client();
        var requests = Enumerable.Range(0, 5).Select(number => client.GetAsync<string>($"/{number}")).ToArray();
        await client.ConnectAsync();
        for (var number = 0; number < 5; number++)
        {
            var asked = _server.Next("Request");
            Assert.Contains($"\"url\":\"/{number}\"", asked.Json, StringComparison.Ordinal);
            asked.Answer(Ok);
        }
        Assert.All(await Task.WhenAll(requests), answer => Assert.Equal("ok", answer.Value));
    }

    [Fact]
    public async Task An_answer_without_a_body_has_no_value()
    {
        await using var client = _server.Client();
        await client.ConnectAsync();
        var request = client.DeleteAsync<int>("/order/1");
        _server.Next("Request").Answer(new { statusCode = 204 });
        var answer = await request;
        Assert.Equal((204, 0, JsonValueKind.Null), (answer.StatusCode, answer.Value, answer.Body.ValueKind));
    }

    [Fact]
    public async Task No_more_are_under_way_than_the_server_takes()
    {
        _server.RequestsAtOnce = 2;
        await using var client = _server.Client();
        await client.ConnectAsync();
        var requests = Enumerable.Range(0, 4).Select(number => client.GetAsync<string>($"/{number}")).ToArray();
        var (first, second) = (_server.Next("Request"), _server.Next("Request"));
        var joining = client.Room("a").JoinAsync(); // is no request, and overtakes those that wait
        _server.Next("Join").Answer(new { room = "a", epoch = 1, seq = 0, members = 1 });
        await joining;
        Assert.Equal(0, _server.Unseen);
        second.Answer(Ok);
        _server.Next("Request").Answer(Ok);
        _server.Next("Request").Answer(Ok);
        first.Answer(Ok);
        await Task.WhenAll(requests);
    }

    [Fact]
    public async Task Too_many_that_wait_are_refused()
    {
        await using var client = _server.Client(queueLimit: 1);
        var waits = client.GetAsync<string>("/");
        Assert.Equal(ClientErrorCodes.QueueFull, (await Fails(client.GetAsync<string>("/"))).Code);
        await client.DisposeAsync();
        Assert.Equal(ClientErrorCodes.Disconnected, (await Fails(waits)).Code);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => client.GetAsync<string>("/"));
    }

    [Fact]
    public async Task A_request_that_was_taken_back_is_not_sent()
    {
        await using var client = _server.Client();
        using var cancellation = new CancellationTokenSource();
        var request = client.GetAsync<string>("/first", cancellation.Token);
        var other = client.GetAsync<string>("/second");
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);
        await client.ConnectAsync();
        var asked = _server.Next("Request");
        Assert.Contains("/second", asked.Json, StringComparison.Ordinal);
        asked.Answer(Ok);
        await other;
    }

    [Fact]
    public async Task A_request_may_take_so_long_and_no_longer()
    {
        var time = new WatchedTime();
        await using var client = _server.Client(time);
        var request = client.RequestAsync(new(HttpMethod.Get, "/") { Timeout = TimeSpan.FromSeconds(3) });
        Assert.Equal(TimeSpan.FromSeconds(3), await time.NextWaitAsync());
        time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(ClientErrorCodes.Timeout, (await Fails(request)).Code);
    }

    [Fact]
    public async Task A_request_under_way_fails_with_its_connection()
    {
        await using var client = _server.Client();
        await client.ConnectAsync();
        var request = client.PostAsync<string>("/order", new { product = "tea" });
        _server.Next("Request").Hub.Lose();
        Assert.Equal(ClientErrorCodes.Disconnected, (await Fails(request)).Code);
    }

    [Fact]
    public async Task A_broadcast_without_a_receipt_is_said_again_by_the_same_key_when_nothing_of_its_room_was_missed()
    {
        await using var client = _server.Client();
        await client.ConnectAsync();
        var broadcast = client.Room("a").BroadcastAsync("e", 1);
        var first = _server.Next("Broadcast");
        first.Hub.Lose();
        Resume(_server.Next("Resume"), new { room = "a", epoch = 1, seq = 5, recovered = true });
        var second = _server.Next("Broadcast");
        Assert.Equal(first.Json, second.Json);
        Assert.Contains("idempotencyKey", second.Json, StringComparison.Ordinal);
        second.Answer(new { room = "a", epoch = 1, seq = 7, members = 2 });
        Assert.Equal(7, (await broadcast).Seq);
    }

    [Theory]
    [InlineData("a", false)] // it began anew, and has forgotten its keys
    [InlineData("b", true)] // a room that this client is not in
    public async Task A_broadcast_without_a_receipt_fails_when_its_room_may_have_forgotten_it(string resumed, bool recovered)
    {
        await using var client = _server.Client();
        await client.ConnectAsync();
        var broadcast = client.Room("a").BroadcastAsync("e", 1);
        _server.Next("Broadcast").Hub.Lose();
        Resume(_server.Next("Resume"), new { room = resumed, epoch = 2, seq = 5, recovered });
        Assert.Equal(ClientErrorCodes.Disconnected, (await Fails(broadcast)).Code);
        Assert.Equal(0, _server.Unseen);
    }

    [Fact]
    public async Task A_broadcast_without_a_receipt_fails_when_there_is_no_resume_and_so_does_a_transient_one()
    {
        await using var client = _server.Client();
        await client.ConnectAsync();
        var (broadcast, transient) = (client.Room("a").BroadcastAsync("e", 1), client.Room("a").BroadcastAsync("e", 1, transient: true));
        _server.Next("Broadcast");
        _server.Next("Broadcast").Hub.Lose();
        _server.Next("Resume").Refuse("invalid_resume_token");
        Assert.Equal(ClientErrorCodes.Disconnected, (await Fails(broadcast)).Code);
        Assert.Equal(ClientErrorCodes.Disconnected, (await Fails(transient)).Code);
        Assert.Equal("socket-2", client.SocketId);
    }

    [Fact]
    public async Task A_server_that_cannot_answer_now_is_asked_again_to_resume()
    {
        await using var client = _server.Client();
        await client.ConnectAsync();
        _server.Hub!.Lose();
        _server.Next("Resume").Refuse("unavailable");
        Resume(_server.Next("Resume"));
        await client.ConnectAsync();
        Assert.Equal("socket-1", client.SocketId);
    }

    [Fact]
    public async Task A_refusal_comes_with_its_code_and_sentence()
    {
        await using var client = _server.Client();
        await client.ConnectAsync();
        var joining = client.Room("a").JoinAsync();
        _server.Next("Join").Refuse("forbidden");
        var refusal = await Fails(joining);
        Assert.Equal(("forbidden", "No."), (refusal.Code, refusal.Message));
    }

    [Fact]
    public async Task Rooms_topics_and_what_they_were_told_are_asked_for_again_when_the_server_has_forgotten()
    {
        await using var client = _server.Client();
        await client.ConnectAsync();
        var recoveries = new List<Recovery>();
        client.Recovered += recoveries.Add;
        var asks = new[]
        {
            client.Room("a").JoinAsync(new { name = "Ann" }), client.Topic<JsonElement>("user").WatchAsync(), client.Topic<JsonElement>("user").SubscribeAsync(1, 2),
        };
        var join = _server.Next("Join");
        join.Answer(new { room = "a", epoch = 1, seq = 0, members = 1 });
        _server.Next("Watch").Answer(null);
        _server.Next("Subscribe").Answer(null);
        await Task.WhenAll(asks);

        var failed = new TaskCompletionSource<Exception>();
        client.Failed += failed.SetResult;
        join.Hub.Lose();
        _server.Next("Resume").Refuse("invalid_resume_token");
        var again = _server.Next("Join");
        Assert.Equal(join.Json, again.Json);
        again.Answer(new { room = "a", epoch = 1, seq = 5, members = 1 });
        _server.Next("Watch").Answer(null);
        var subscribe = _server.Next("Subscribe");
        Assert.Equal("""["user",["1","2"]]""", subscribe.Json);
        subscribe.Refuse("forbidden");
        await client.ConnectAsync();
        Assert.Equal("forbidden", Assert.IsType<RealtimeClientException>(await failed.Task.WaitAsync(Eventually.Patience)).Code);
        Assert.Equal([new("a", null, Recovered: false, IsMember: true)], recoveries);
    }

    private static void Resume(Invocation resume, params object[] rooms) => resume.Answer(new { socketId = "socket-1", resumeToken = "token", rooms });

    private static Task<RealtimeClientException> Fails(Task task) => Assert.ThrowsAsync<RealtimeClientException>(() => task);
}
