using System.Text.Json;
using Realtime.Client.Delivery;
using Realtime.Client.Rooms;

namespace Realtime.Client.Connection;

/// <summary>
/// What a client knows, under one lock: its connection, what it has asked for, what it has seen, and who listens. No method of the
/// application runs under the lock: what it is told, it is told by the dispatcher, in order.
/// </summary>
internal sealed class Session : ILinkEvents, IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly RealtimeClientOptions _options;
    private readonly Memory _memory = new();
    private readonly Inbox _inbox;
    private readonly Calls _calls;
    private readonly Link _link;
    private readonly Listeners _listeners = new();
    private readonly Dictionary<string, Room> _rooms = new(StringComparer.Ordinal);
    private readonly Action<StateChange> _changed;
    private readonly Action<Recovery> _recovered;
    private readonly Action<Exception> _failed;
    private TaskCompletionSource _connected = Waiter();
    private CancellationTokenSource? _stop;
    private Task _run = Task.CompletedTask;
    private IHub? _hub;
    private bool _isDisposed;

    public Session(
        RealtimeClientOptions options, HubFactory create, Func<double> random,
        Action<StateChange> changed, Action<Recovery> recovered, Action<Exception> failed)
    {
        (_options, _changed, _recovered, _failed) = (options, changed, recovered, failed);
        Dispatcher = new Dispatcher(failed);
        _inbox = new Inbox(Deliver);
        _calls = new Calls(_gate, options);
        _link = new Link(options, create, random, this);
    }

    public RealtimeClientOptions Options => _options;

    public Dispatcher Dispatcher { get; }

    public ConnectionState State { get; private set; }

    public Hello? Hello => _memory.Hello;

    public async Task ConnectAsync(bool hurry, CancellationToken cancellation)
    {
        Task connected;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, typeof(RealtimeClient));
            if (State == ConnectionState.Disconnected)
                Start();
            else if (hurry)
                _link.Hurry();
            connected = _connected.Task;
        }
        await connected.WaitAsync(cancellation);
    }

    public async Task DisconnectAsync()
    {
        CancellationTokenSource? stop;
        Task run;
        lock (_gate)
        {
            _memory.End();
            (stop, run) = (_stop, _run);
        }
        if (stop is not null)
            await stop.CancelAsync();
        await run;
    }

    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            if (_isDisposed)
                return;
            _isDisposed = true;
        }
        await DisconnectAsync();
        lock (_gate)
        {
            _calls.End();
            _listeners.End();
            foreach (var room in _rooms.Values)
                room.End();
        }
        Dispatcher.End();
        _stop?.Dispose();
    }

    /// <summary>Calls the hub.</summary>
    public Task<JsonElement> InvokeAsync(Call call, CancellationToken cancellation, TimeSpan? timeout = null) =>
        _calls.InvokeAsync(call, timeout ?? _options.RequestTimeout, cancellation);

    /// <summary>Calls what may be called twice.</summary>
    public Task<JsonElement> AskAsync(string method, object?[] arguments, CancellationToken cancellation, Action<JsonElement>? answered = null) =>
        InvokeAsync(new(method, arguments) { Again = Again.Always, Answered = answered }, cancellation);

    /// <summary>Reads or changes what is known. Not for anything that waits.</summary>
    public T With<T>(Func<Memory, Inbox, T> act)
    {
        lock (_gate)
            return act(_memory, _inbox);
    }

    /// <summary>Changes who listens for the events of all rooms, or of one.</summary>
    public void With(Listeners? ofRoom, Action<Listeners> act)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, typeof(RealtimeClient));
            act(ofRoom ?? _listeners);
        }
    }

    /// <summary>Somebody listens no more; nothing when the client is gone anyway.</summary>
    public void Without(Listeners? ofRoom, string? name, IListener listener)
    {
        lock (_gate)
            (ofRoom ?? _listeners).Remove(name, listener);
    }

    public Room Room(string name)
    {
        lock (_gate)
        {
            if (!_rooms.TryGetValue(name, out var room))
                _rooms[name] = room = new Room(name, this);
            return room;
        }
    }

    /// <summary>JSON of the application, by the options that it has chosen.</summary>
    public JsonElement Write<T>(T value) => JsonSerializer.SerializeToElement(value, _options.Json);

    public void Report(Exception error) => Dispatcher.Post(() => _failed(error));

    void ILinkEvents.Attempting(IHub hub)
    {
        lock (_gate)
        {
            _hub = hub;
            _inbox.Hold();
        }
    }

    void ILinkEvents.Received(IHub hub, string target, JsonElement arguments)
    {
        lock (_gate)
        {
            if (_hub != hub)
                return; // a late word of a connection that was given up
            switch (target)
            {
                case "$":
                    _inbox.Accept(Frame.Read(arguments));
                    break;
                case "$missed":
                    var source = Source.Of(Wire.Read<Place>(arguments[0]).Room);
                    Tell(new Recovery(source.Room, source.Topic, Recovered: false, IsMember: true));
                    break;
                case "$joined":
                    _inbox.Advance(Wire.Read<Place>(arguments[0]));
                    break;
            }
        }
    }

    async Task ILinkEvents.OpenAsync(IHub hub, Hello hello)
    {
        var (wishes, seen) = With((memory, inbox) => (memory.Snapshot(), inbox.Positions()));
        var opening = await Opener.OpenAsync(hub, hello, wishes, seen, () => With((memory, _) => memory.IsAwaited(_options.Time.GetUtcNow())));
        lock (_gate)
        {
            if (_hub != hub || _stop is not { IsCancellationRequested: false })
                return; // given up, or disconnected, meanwhile
            _memory.Settle(opening.Hello);
            Change(new(ConnectionState.Connected, State) { Resumed = opening.IsResumed });
            _inbox.Release(opening.Resumed);
            foreach (var place in opening.Places)
                _inbox.Advance(place);
            foreach (var feed in opening.Lost)
                _inbox.Forget(feed);
            foreach (var recovery in opening.Recoveries)
                Tell(recovery);
            foreach (var error in opening.Errors)
                Report(error);
            _calls.Connected(hub, opening);
            _connected.TrySetResult();
        }
    }

    void ILinkEvents.Closed(StateChange change)
    {
        lock (_gate)
        {
            _hub = null;
            var comesBack = change.State != ConnectionState.Disconnected;
            _memory.Lost(_options.Time.GetUtcNow());
            _calls.Disconnected(comesBack, change.Error);
            if (_memory.Hello is null)
                _inbox.ForgetAll(); // by our own wish: there is no session that positions would be of
            if (!comesBack)
                _connected.TrySetException(RealtimeClientException.Disconnected(change.Error));
            else if (_connected.Task.IsCompleted)
                _connected = Waiter();
            Change(change with { Previous = State });
        }
    }

    private void Start()
    {
        _connected = Waiter();
        _stop?.Dispose();
        _stop = new CancellationTokenSource();
        Change(new(ConnectionState.Connecting, State));
        var (before, stop) = (_run, _stop.Token);
        _run = Task.Run(async () =>
        {
            await before; // the connection before is told goodbye first
            await _link.RunAsync(stop);
        }, CancellationToken.None);
    }

    private void Deliver(Frame frame)
    {
        if (frame.Source.Room is { } name && _rooms.TryGetValue(name, out var room))
            room.Listeners.Tell(frame);
        _listeners.Tell(frame);
    }

    private void Change(StateChange change)
    {
        State = change.State;
        Dispatcher.Post(() => _changed(change));
    }

    private void Tell(Recovery recovery)
    {
        var room = recovery.Room is null ? null : _rooms.GetValueOrDefault(recovery.Room);
        Dispatcher.Post(() =>
        {
            room?.Recovered(recovery);
            _recovered(recovery);
        });
    }

    private static TaskCompletionSource Waiter() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
