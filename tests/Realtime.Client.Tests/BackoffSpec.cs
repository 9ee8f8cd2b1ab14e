using System.Collections.Concurrent;
using Realtime.Client.Tests.Support;

namespace Realtime.Client.Tests;

/// <summary>How long a client waits before it tries to connect again (contract C-3).</summary>
public sealed class BackoffSpec
{
    private readonly FakeServer _server = new();
    private readonly WatchedTime _time = new();

    [Theory]
    [InlineData(1, 0.5, 1000)]
    [InlineData(2, 0.5, 2000)]
    [InlineData(3, 0.5, 4000)]
    [InlineData(4, 0.5, 5000)]
    [InlineData(1000, 0.5, 5000)]
    [InlineData(1, 0.0, 500)]
    [InlineData(1, 1.0, 1500)]
    [InlineData(1000, 1.0, 7500)]
    public void A_wait_doubles_up_to_the_longest_and_varies(int attempt, double random, int milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), new BackoffOptions().WaitBefore(attempt, random));

    [Fact]
    public async Task Waits_grow_while_nobody_listens_and_begin_anew_after_a_connection()
    {
        await using var client = _server.Client(_time);
        _server.IsDown = true;
        var connecting = client.ConnectAsync();
        foreach (var seconds in new[] { 1, 2, 4, 5, 5 })
        {
            Assert.Equal(TimeSpan.FromSeconds(seconds), await _time.NextWaitAsync());
            _time.Advance(TimeSpan.FromSeconds(seconds));
        }
        Assert.Equal(TimeSpan.FromSeconds(5), await _time.NextWaitAsync());
        Assert.Equal(6, _server.Tokens.Count);
        _server.IsDown = false;
        _time.Advance(TimeSpan.FromSeconds(5));
        await connecting;

        _server.Hub!.Lose();
        Assert.Equal(TimeSpan.FromSeconds(1), await _time.NextWaitAsync());
    }

    /// <summary>It may have taken up the session already, and a goodbye would end that.</summary>
    [Fact]
    public async Task An_attempt_that_takes_too_long_is_given_up_without_a_goodbye()
    {
        await using var client = _server.Client(_time);
        await client.ConnectAsync();
        _server.Hub!.Lose();
        _time.Advance(await _time.NextWaitAsync());
        var resume = _server.Next("Resume");
        _time.Advance(new RealtimeClientOptions { Service = new("http://fake") }.ConnectTimeout);
        _time.Advance(await _time.NextWaitAsync());
        Assert.NotSame(resume.Hub, _server.Next("Resume").Hub);
        Assert.Equal((true, false), (resume.Hub.WasAbandoned, resume.Hub.WasDisposed));
    }

    [Fact]
    public async Task Who_is_told_to_hurry_does_not_wait()
    {
        await using var client = _server.Client(_time);
        _server.IsDown = true;
        _ = client.ConnectAsync();
        await _time.NextWaitAsync();
        _server.IsDown = false;
        await client.ReconnectAsync();
        Assert.Equal(ConnectionState.Connected, client.State);
    }

    [Fact]
    public async Task Every_attempt_asks_for_a_token_and_says_why()
    {
        var asked = new ConcurrentQueue<TokenRequest>();
        await using var client = _server.Client(_time, token: (request, _) =>
        {
            asked.Enqueue(request);
            return Task.FromResult<string?>($"token {asked.Count}");
        });
        await client.ConnectAsync();
        _server.IsDown = true;
        _server.Hub!.Lose();
        for (var attempt = 1; attempt <= 2; attempt++)
            _time.Advance(await _time.NextWaitAsync());
        await _time.NextWaitAsync();
        Assert.Equal([new(false, 1), new(true, 1), new(true, 2)], asked);
        Assert.Equal(["token 1", "token 2", "token 3"], _server.Tokens);
    }

    [Fact]
    public async Task Who_may_not_try_again_says_so()
    {
        await using var client = _server.Client(maxAttempts: 0);
        _server.IsDown = true;
        var refusal = await Assert.ThrowsAsync<RealtimeClientException>(() => client.ConnectAsync());
        Assert.Equal(ClientErrorCodes.Disconnected, refusal.Code);
        Assert.IsType<IOException>(refusal.InnerException);
        _server.IsDown = false;
        await client.ConnectAsync();
    }

    [Fact]
    public async Task A_connection_that_is_made_for_too_long_counts_as_failed()
    {
        var silent = new TaskCompletionSource<string?>();
        await using var client = _server.Client(_time, maxAttempts: 0, token: (_, cancellation) => silent.Task.WaitAsync(cancellation));
        var connecting = client.ConnectAsync();
        await Eventually.TrueAsync(() =>
        {
            _time.Advance(TimeSpan.FromSeconds(20));
            return Task.FromResult(connecting.IsCompleted);
        });
        var failure = await Assert.ThrowsAsync<RealtimeClientException>(() => connecting);
        Assert.Equal(ClientErrorCodes.Timeout, Assert.IsType<RealtimeClientException>(failure.InnerException).Code);
    }
}
