using Microsoft.Extensions.Logging;
using Realtime.Client.Connection;
using Realtime.Client.Delivery;
using Realtime.Client.Rooms;
using Realtime.Client.Topics;

namespace Realtime.Client;

/// <summary>
/// A socket of the service. It comes back by itself when the connection is lost: as the same socket within the resume window, with
/// what was missed, in order and once; else it joins its rooms again, and says so (<see cref="Recovered"/>). Safe for threads.
/// </summary>
public sealed partial class RealtimeClient : IAsyncDisposable
{
    private readonly Session _session;
    private readonly ILogger _logger;

    /// <summary>A client with the default settings.</summary>
    /// <param name="service">Where the service is, as <c>https://host</c>.</param>
    public RealtimeClient(Uri service)
        : this(new RealtimeClientOptions { Service = service })
    {
    }

    /// <summary>A client. It does not connect before <see cref="ConnectAsync"/>.</summary>
    public RealtimeClient(RealtimeClientOptions options)
        : this(options, SignalRHub.Create, Random.Shared.NextDouble)
    {
    }

    internal RealtimeClient(RealtimeClientOptions options, HubFactory create, Func<double> random)
    {
        options.Check();
        _session = new Session(
            options, create, random,
            change => StateChanged?.Invoke(change), recovery => Recovered?.Invoke(recovery), Fail);
        _logger = options.LoggerFactory.CreateLogger<RealtimeClient>();
    }

    /// <summary>The connection changed. Called in order with all other events, and never while one of them is handled.</summary>
    public event Action<StateChange>? StateChanged;

    /// <summary>What became of a room or topic when the connection was made again. Comes after what was missed.</summary>
    public event Action<Recovery>? Recovered;

    /// <summary>Something in the background went wrong: a room that could not be joined again, or a handler that threw. It is logged, too.</summary>
    public event Action<Exception>? Failed;

    /// <summary>Where the client is with its connection.</summary>
    public ConnectionState State => _session.State;

    /// <summary>The id that the server knows this socket by; null before the first connection.</summary>
    public string? SocketId => _session.Hello?.SocketId;

    /// <summary>The node that holds the connection.</summary>
    public string? Node => _session.Hello?.Node;

    /// <summary>Proves over plain HTTP that a request speaks for this socket. Keep it secret.</summary>
    public string? ResumeToken => _session.Hello?.ResumeToken;

    /// <summary>Connects, and waits until there is a connection, however many attempts it takes.</summary>
    /// <param name="cancellation">Stops the waiting; <see cref="DisconnectAsync"/> stops the attempts.</param>
    /// <exception cref="RealtimeClientException"><c>disconnected</c>: it gave up after <see cref="RealtimeClientOptions.MaxAttempts"/>.</exception>
    public Task ConnectAsync(CancellationToken cancellation = default) => _session.ConnectAsync(hurry: false, cancellation);

    /// <summary>Like <see cref="ConnectAsync"/>, but does not wait for the time of the next attempt: the network is back, say.</summary>
    /// <param name="cancellation">Stops the waiting.</param>
    public Task ReconnectAsync(CancellationToken cancellation = default) => _session.ConnectAsync(hurry: true, cancellation);

    /// <summary>
    /// Leaves the server for good: it forgets this socket's rooms at once. Ends attempts to connect, too. What was joined is joined
    /// again by the next <see cref="ConnectAsync"/>, as another socket.
    /// </summary>
    public Task DisconnectAsync() => _session.DisconnectAsync();

    /// <summary>Calls a handler for every event of a name, whoever said it and wherever. Handlers are called one after the other.</summary>
    /// <returns>Stops it.</returns>
    public IDisposable On<T>(string name, Action<T> handler) => Listening.Start(_session, null, name, Reading.Data<T>(_session), handler);

    /// <summary>The same for a handler that waits: the next event is handled when it is done.</summary>
    public IDisposable On<T>(string name, Func<T, Task> handler) => Listening.Start(_session, null, name, Reading.Data<T>(_session), handler);

    /// <summary>
    /// The events of a name, as a stream for one reader. It listens from this call on. A reader that is more than
    /// <see cref="RealtimeClientOptions.StreamCapacity"/> behind gets those, and then an error: nothing is dropped unseen.
    /// It ends when the client is disposed of.
    /// </summary>
    public IAsyncEnumerable<RealtimeEvent<T>> Events<T>(string name) => Listening.Stream(_session, null, name, Reading.Event<T>(_session));

    /// <summary>The handle of a room; the same one for the same name. Being in the room begins with its <c>JoinAsync</c>.</summary>
    public Room Room(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return _session.Room(name);
    }

    /// <summary>What happens to the records of a model.</summary>
    /// <typeparam name="T">What a record is read as.</typeparam>
    /// <param name="model">The name of the model, such as <c>user</c>.</param>
    public Topic<T> Topic<T>(string model)
    {
        ArgumentException.ThrowIfNullOrEmpty(model);
        return new Topic<T>(model, _session);
    }

    /// <summary>Says something to one socket: its id is a room of its own (contract R-1).</summary>
    public Task<Receipt> SendAsync<T>(string socketId, string name, T data, CancellationToken cancellation = default) =>
        new Room(socketId, _session).BroadcastAsync(name, data, cancellation: cancellation); // no handle to be kept: sockets come and go

    /// <summary>Disconnects. Streams end, and requests that wait fail. Does not wait for handlers that are running.</summary>
    public ValueTask DisposeAsync() => _session.DisposeAsync();

    private void Fail(Exception error)
    {
        LogFailure(_logger, error);
        try
        {
            Failed?.Invoke(error);
        }
        catch (Exception e)
        {
            LogFailure(_logger, e); // there is nobody else to tell, and the next handler shall have its turn
        }
    }

    [LoggerMessage(1, LogLevel.Error, "Something of this client's went wrong in the background.")]
    private static partial void LogFailure(ILogger logger, Exception error);
}
