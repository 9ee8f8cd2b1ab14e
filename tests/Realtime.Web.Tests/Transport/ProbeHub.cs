using System.Collections.Concurrent;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Connections.Features;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Realtime.Web.Transport;

namespace Realtime.Web.Tests.Transport;

/// <summary>A hub that does a little of everything that a transport must carry.</summary>
public class ProbeHub(Observed observed) : Hub
{
    public override async Task OnConnectedAsync()
    {
        observed.Connections[Context.ConnectionId] = Context;
        await observed.Opens;
        await base.OnConnectedAsync();
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        observed.EndOf(Context.ConnectionId).TrySetResult(exception);
        return base.OnDisconnectedAsync(exception);
    }

    public string Echo(string text) => text;

    public byte[] EchoBytes(byte[] bytes) => bytes;

    public void Note(string text) => observed.Noted.TrySetResult(text);

    public string Identity() => Context.ConnectionId;

    public string? UserName() => Context.User?.Identity?.Name;

    public string? QueryOf(string key) => Context.GetHttpContext()?.Request.Query[key];

    public string? HttpVersion() => Context.GetHttpContext()?.Request.Protocol;

    /// <summary>All that can be known of the request that opened the connection, one thing a line.</summary>
    public string Opening() => OpeningReport.Of(Context.GetHttpContext()!, Context.Features);

    public void AbortByRequest() => Context.GetHttpContext()!.Abort();

    public string ScopedServiceOfRequest() => observed.See(Context.GetHttpContext()!.RequestServices.GetRequiredService<ScopedService>());

    public string TransportType() => Context.Features.Get<IHttpTransportFeature>()!.TransportType.ToString();

    public bool HasFrameWriter() => Context.Features.Get<IFrameWriter>() is not null;

    public async IAsyncEnumerable<int> Count(int to)
    {
        for (var i = 0; i < to; i++)
        {
            await Task.Yield();
            yield return i;
        }
    }

    public async Task<int> Sum(IAsyncEnumerable<int> numbers)
    {
        var sum = 0;
        await foreach (var number in numbers)
        {
            sum += number;
        }

        return sum;
    }

    public async Task<int> AskBack(int number) =>
        await Clients.Caller.InvokeAsync<int>("Double", number, Context.ConnectionAborted);

    public void AbortMe() => Context.Abort();

    public void Fail() => throw new HubException("as asked");

    public async Task WaitUntilGone()
    {
        var gone = new TaskCompletionSource();
        using var registration = Context.ConnectionAborted.Register(gone.SetResult);
        observed.Waits.TrySetResult(gone.Task);
        await gone.Task;
    }

    public Task SendMany(int count, int length) => Task.WhenAll(
        Enumerable.Range(0, count).Select(i => Clients.Caller.SendAsync("Item", i, new string('x', length))));
}

/// <summary>The same for those who are let in.</summary>
[Authorize]
public sealed class GuardedHub(Observed observed) : ProbeHub(observed);

/// <summary>What the hubs of one server have seen.</summary>
public sealed class Observed
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<Exception?>> _ends = new();
    private ScopedService? _seen;

    public ConcurrentDictionary<string, HubCallerContext> Connections { get; } = new();

    /// <summary>The service of a request's scope that a hub has seen last.</summary>
    public ScopedService? Seen => Volatile.Read(ref _seen);

    /// <summary>What a connection waits for before anything is read of it.</summary>
    public Task Opens { get; set; } = Task.CompletedTask;

    /// <summary>The first text that was to be noted.</summary>
    public TaskCompletionSource<string> Noted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when a call has begun to wait, with its wait.</summary>
    public TaskCompletionSource<Task> Waits { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string See(ScopedService service)
    {
        Volatile.Write(ref _seen, service);
        return service.IsDisposed ? "disposed" : "alive";
    }

    public TaskCompletionSource<Exception?> EndOf(string connectionId) =>
        _ends.GetOrAdd(connectionId, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));

    public Task<Exception?> EndAsync(string connectionId) => EndOf(connectionId).Task.WaitAsync(Limits.Patience);
}
