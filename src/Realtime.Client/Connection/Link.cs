using System.Text.Json;

namespace Realtime.Client.Connection;

/// <summary>Makes the connection, notices when it is lost, and makes it again after a wait that grows and varies.</summary>
/// <param name="options">The settings.</param>
/// <param name="create">Makes one connection.</param>
/// <param name="random">Gives a number from 0 to 1.</param>
/// <param name="events">What is told meanwhile.</param>
internal sealed class Link(RealtimeClientOptions options, HubFactory create, Func<double> random, ILinkEvents events)
{
    private TaskCompletionSource _hurry = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends the wait for the next attempt, if there is one.</summary>
    public void Hurry() => Volatile.Read(ref _hurry).TrySetResult();

    /// <summary>Keeps the client connected until it is cancelled, or has to give up. Never throws.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        var (failures, wasOpen) = (0, false);
        while (true)
        {
            var attempt = new Attempt(failures, wasOpen);
            var (hub, isOpen, error) = await ConnectAsync(attempt, stop);
            if (isOpen)
            {
                (failures, wasOpen) = (0, true);
                error = await EndAsync(hub!, stop);
            }
            else
                failures++;
            if (stop.IsCancellationRequested)
            {
                events.Closed(new(ConnectionState.Disconnected, default));
                await DisposeAsync(hub); // tells the server, which forgets this client at once
                return;
            }
            // Without a goodbye: an attempt that took too long may have taken up the session already, and the next one wants it too.
            _ = AbandonAsync(hub);
            var next = failures + (wasOpen ? 1 : 0);
            if (next > options.MaxAttempts)
            {
                events.Closed(new(ConnectionState.Disconnected, default) { Error = error });
                return;
            }
            var wait = options.Backoff.WaitBefore(next, random());
            var hurry = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Volatile.Write(ref _hurry, hurry);
            events.Closed(new(wasOpen ? ConnectionState.Reconnecting : ConnectionState.Connecting, default) { Attempt = next, Wait = wait, Error = error });
            await WaitAsync(wait, hurry.Task, stop);
        }
    }

    private async Task<(IHub? Hub, bool IsOpen, Exception? Error)> ConnectAsync(Attempt attempt, CancellationToken stop)
    {
        IHub? hub = null;
        using var patience = new CancellationTokenSource(options.ConnectTimeout, options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, stop);
        try
        {
            var token = options.AccessToken is { } provider ? await provider(new(attempt.WasOpen, attempt.Failures + 1), either.Token) : null;
            var hello = new TaskCompletionSource<Hello>(TaskCreationOptions.RunContinuationsAsynchronously);
            hub = create(options, token, (target, arguments) => Receive(hub, hello, target, arguments));
            events.Attempting(hub);
            await hub.StartAsync(either.Token);
            await OpenAsync(hub, hello.Task).WaitAsync(either.Token);
            return (hub, true, null);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested && !stop.IsCancellationRequested)
        {
            return (hub, false, new RealtimeClientException(ClientErrorCodes.Timeout, $"No connection within {options.ConnectTimeout}."));
        }
        catch (Exception e)
        {
            return (hub, false, e); // told to the application with the change of state
        }
    }

    private async Task OpenAsync(IHub hub, Task<Hello> hello)
    {
        var opened = OpenedAsync();
        if (await Task.WhenAny(opened, hub.Closed) != opened && !opened.IsCompleted)
            throw new RealtimeClientException(ClientErrorCodes.Disconnected, "The connection ended before it was open.", await hub.Closed);
        await opened;

        async Task OpenedAsync() => await events.OpenAsync(hub, await hello);
    }

    private void Receive(IHub? hub, TaskCompletionSource<Hello> hello, string target, JsonElement arguments)
    {
        if (target == "$hello")
            hello.TrySetResult(Wire.Read<Hello>(arguments[0]));
        else if (hub is not null)
            events.Received(hub, target, arguments);
    }

    private static async Task<Exception?> EndAsync(IHub hub, CancellationToken stop)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var _ = stop.Register(stopped.SetResult);
        return await Task.WhenAny(hub.Closed, stopped.Task) == hub.Closed ? await hub.Closed : null;
    }

    private async Task WaitAsync(TimeSpan wait, Task hurry, CancellationToken stop)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        await Task.WhenAny(Task.Delay(wait, options.Time, over.Token), hurry);
        await over.CancelAsync(); // of the timer of a wait that was cut short
    }

    private static Task DisposeAsync(IHub? hub) => EndAsync(hub, static hub => hub.DisposeAsync());

    private static Task AbandonAsync(IHub? hub) => EndAsync(hub, static hub => hub.AbandonAsync());

    private static async Task EndAsync(IHub? hub, Func<IHub, ValueTask> end)
    {
        try
        {
            if (hub is not null)
                await end(hub);
        }
        catch (Exception)
        {
            // To end what has failed may fail as well, and the first failure is the one that was told.
        }
    }

    private readonly record struct Attempt(int Failures, bool WasOpen);
}

/// <summary>What a link tells its client.</summary>
internal interface ILinkEvents
{
    /// <summary>This connection is about to be made: what others still say does not count.</summary>
    void Attempting(IHub hub);

    /// <summary>A message came, maybe while the connection is still being opened.</summary>
    void Received(IHub hub, string target, JsonElement arguments);

    /// <summary>The server is there: take up the session again, or begin one.</summary>
    Task OpenAsync(IHub hub, Hello hello);

    /// <summary>The connection, or the attempt to make one, ended.</summary>
    void Closed(StateChange change);
}
