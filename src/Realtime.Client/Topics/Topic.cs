using Realtime.Client.Connection;
using Realtime.Client.Delivery;

namespace Realtime.Client.Topics;

/// <summary>What happens to the records of a model. Watching and subscribing outlive lost connections.</summary>
/// <typeparam name="T">What a record is read as.</typeparam>
public sealed class Topic<T>
{
    private readonly Session _session;

    internal Topic(string model, Session session) => (Model, _session) = (model, session);

    /// <summary>The name of the model.</summary>
    public string Model { get; }

    /// <summary>Hears of every record that is created from now on, and of what becomes of it, until <see cref="UnwatchAsync"/>.</summary>
    /// <exception cref="RealtimeClientException"><c>forbidden</c>, <c>invalid_model</c> …</exception>
    public Task WatchAsync(CancellationToken cancellation = default) =>
        _session.AskAsync("Watch", [Model], cancellation, _ => _session.With((memory, _) => memory.Watched.Add(Model)));

    /// <summary>Undoes <see cref="WatchAsync"/>; subscriptions stay (contract P-40).</summary>
    public async Task UnwatchAsync(CancellationToken cancellation = default)
    {
        _session.With((memory, _) => memory.Watched.Remove(Model));
        await _session.AskAsync("Unwatch", [Model], cancellation, _ => _session.With((memory, _) => memory.Watched.Remove(Model)));
    }

    /// <summary>Hears of what happens to records, until <see cref="UnsubscribeAsync(RecordId[])"/>.</summary>
    public Task SubscribeAsync(params RecordId[] ids) => SubscribeAsync(ids, default);

    /// <summary>The same.</summary>
    public Task SubscribeAsync(IReadOnlyCollection<RecordId> ids, CancellationToken cancellation) => _session.AskAsync(
        "Subscribe", [Model, RecordId.ToWire(ids)], cancellation, _ => _session.With((memory, _) =>
        {
            memory.Subscribe(Model, ids);
            return true;
        }));

    /// <summary>Undoes <see cref="SubscribeAsync(RecordId[])"/>.</summary>
    public Task UnsubscribeAsync(params RecordId[] ids) => UnsubscribeAsync(ids, default);

    /// <summary>The same.</summary>
    public async Task UnsubscribeAsync(IReadOnlyCollection<RecordId> ids, CancellationToken cancellation)
    {
        Forget();
        await _session.AskAsync("Unsubscribe", [Model, RecordId.ToWire(ids)], cancellation, _ => Forget());

        void Forget() => _session.With((memory, _) =>
        {
            memory.Unsubscribe(Model, ids);
            return true;
        });
    }

    /// <summary>Calls a handler for everything that happens. Handlers are called one after the other.</summary>
    /// <returns>Stops it.</returns>
    public IDisposable On(Action<TopicEvent<T>> handler) => Listening.Start(_session, null, Model.ToLowerInvariant(), Read, handler);

    /// <summary>The same for a handler that waits: the next event is handled when it is done.</summary>
    public IDisposable On(Func<TopicEvent<T>, Task> handler) => Listening.Start(_session, null, Model.ToLowerInvariant(), Read, handler);

    /// <summary>Calls a handler for one kind of event: <c>On&lt;Created&lt;User&gt;&gt;(…)</c>.</summary>
    /// <returns>Stops it.</returns>
    public IDisposable On<TEvent>(Action<TEvent> handler)
        where TEvent : TopicEvent<T> => On(happened =>
    {
        if (happened is TEvent wanted)
            handler(wanted);
    });

    /// <summary>
    /// Everything that happens, as a stream for one reader. It listens from this call on. A reader that is more than
    /// <see cref="RealtimeClientOptions.StreamCapacity"/> behind gets those, and then an error: nothing is dropped unseen.
    /// </summary>
    public IAsyncEnumerable<TopicEvent<T>> Events() => Listening.Stream(_session, null, Model.ToLowerInvariant(), Read);

    private TopicEvent<T> Read(Frame frame) => TopicReader.Read<T>(frame.Data, _session.Options.Json);
}
