using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using Realtime.Client.Connection;

namespace Realtime.Client.Tests.Support;

/// <summary>A call that a client made.</summary>
internal sealed record Invocation(FakeHub Hub, string Method, object?[] Arguments, TaskCompletionSource<JsonElement> Answering)
{
    /// <summary>The arguments as they would go over the wire.</summary>
    public string Json => JsonSerializer.Serialize(Arguments, JsonSerializerOptions.Web);

    public void Answer(object? answer) => Answering.SetResult(JsonSerializer.SerializeToElement(answer, JsonSerializerOptions.Web));

    public void Refuse(string code) => Answering.SetException(
        new HubException($"An unexpected error occurred invoking '{Method}' on the server. HubException: {code}: No."));
}

/// <summary>One connection of a client under test.</summary>
internal sealed class FakeHub(FakeServer server, Action<string, JsonElement> received) : IHub
{
    private readonly TaskCompletionSource<Exception?> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<Exception?> Closed => _closed.Task;

    /// <summary>Whether the client said goodbye.</summary>
    public bool WasDisposed { get; private set; }

    /// <summary>Whether the client ended it without a goodbye.</summary>
    public bool WasAbandoned { get; private set; }

    public Task StartAsync(CancellationToken cancellation) => server.StartAsync(this);

    public Task<JsonElement> InvokeAsync(string method, params object?[] arguments)
    {
        var invocation = new Invocation(this, method, arguments, new(TaskCreationOptions.RunContinuationsAsynchronously));
        server.Invoked(invocation);
        return invocation.Answering.Task;
    }

    public void Say(string target, params object?[] arguments) => received(target, JsonSerializer.SerializeToElement(arguments, JsonSerializerOptions.Web));

    /// <summary>Says something in a room.</summary>
    public void Say(string name, object? data, string room, long seq, long epoch = 1) => Say("$", name, data, room, epoch, seq, null);

    public void Lose() => _closed.TrySetResult(new IOException("The wire was cut."));

    public ValueTask AbandonAsync()
    {
        WasAbandoned = true;
        _closed.TrySetResult(null);
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        WasDisposed = true;
        _closed.TrySetResult(null);
        return ValueTask.CompletedTask;
    }
}

/// <summary>A server that does what a test says, and says hello by itself.</summary>
internal sealed class FakeServer
{
    private readonly BlockingCollection<Invocation> _invocations = [];
    private int _connections;

    /// <summary>Whether nobody can connect.</summary>
    public bool IsDown { get; set; }

    /// <summary>How many requests it takes at once.</summary>
    public int? RequestsAtOnce { get; set; }

    /// <summary>The tokens that were shown.</summary>
    public ConcurrentQueue<string?> Tokens { get; } = [];

    public FakeHub? Hub { get; private set; }

    public IHub Create(RealtimeClientOptions options, string? token, Action<string, JsonElement> received)
    {
        Tokens.Enqueue(token);
        return new FakeHub(this, received);
    }

    public Task StartAsync(FakeHub hub)
    {
        if (IsDown)
            return Task.FromException(new IOException("Nobody listens."));
        Hub = hub;
        var number = ++_connections;
        hub.Say("$hello", new { socketId = $"socket-{number}", resumeToken = $"token-{number}", resumeWindowSeconds = 60, node = "node", requestsAtOnce = RequestsAtOnce });
        return Task.CompletedTask;
    }

    public void Invoked(Invocation invocation) => _invocations.Add(invocation);

    /// <summary>The next call, which has to be of this method.</summary>
    public Invocation Next(string method)
    {
        Assert.True(_invocations.TryTake(out var invocation, Eventually.Patience), $"Nobody called {method}.");
        Assert.Equal(method, invocation.Method);
        return invocation;
    }

    /// <summary>How many calls nobody has looked at.</summary>
    public int Unseen => _invocations.Count;

    public RealtimeClient Client(TimeProvider? time = null, int queueLimit = 10_000, int streamCapacity = 1024, int maxAttempts = int.MaxValue,
        Func<TokenRequest, CancellationToken, Task<string?>>? token = null) => new(
        new RealtimeClientOptions
        {
            Service = new("http://fake"), Time = time ?? TimeProvider.System, QueueLimit = queueLimit, StreamCapacity = streamCapacity,
            MaxAttempts = maxAttempts, AccessToken = token,
            Backoff = time is null ? new() { Shortest = TimeSpan.Zero, Longest = TimeSpan.FromMilliseconds(5) } : new(),
        },
        Create, () => 0.5);
}
