
namespace Realtime.Web.Topics;

/// <summary>
/// The topics of every model: who watches, who subscribes, what is published. Works from any node for a socket on any
/// other node; each call completes when it is in effect everywhere (contract R-12, M-7).
/// All calls fail with a <see cref="RealtimeException"/>: <see cref="ErrorCodes.Unavailable"/> when a topic did not answer in time,
/// <see cref="ErrorCodes.UnknownSocket"/> when the socket is connected nowhere.
/// </summary>
public interface ITopics
{
    /// <summary>Subscribes a socket to records, known or not (contract P-3). Doing it twice is doing it once.</summary>
    Task SubscribeAsync(SocketId socket, ModelName model, IReadOnlyCollection<RecordId> records, CancellationToken cancellation = default);

    /// <summary>Undoes <see cref="SubscribeAsync"/>; silent where the socket is not subscribed (P-4).</summary>
    Task UnsubscribeAsync(SocketId socket, ModelName model, IReadOnlyCollection<RecordId> records, CancellationToken cancellation = default);

    /// <summary>Lets a socket hear of every record that is created from now on (P-40).</summary>
    Task WatchAsync(SocketId socket, ModelName model, CancellationToken cancellation = default);

    /// <summary>Undoes <see cref="WatchAsync"/>; subscriptions to records that came meanwhile stay (P-40).</summary>
    Task UnwatchAsync(SocketId socket, ModelName model, CancellationToken cancellation = default);

    /// <summary>Publishes an event. Completes when it has its place in the order of its record's events.</summary>
    Task PublishAsync(TopicEvent happened, CancellationToken cancellation = default);
}
