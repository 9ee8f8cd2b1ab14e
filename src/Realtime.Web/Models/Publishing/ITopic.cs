namespace Realtime.Web.Models.Publishing;

/// <summary>
/// The topic of one model, as Sails had it on each model class (contract 2.1, 2.5): for the application's own code. What is saved
/// through the context is told by itself; the verbs here are for changes that the context does not see (SQL, <c>ExecuteUpdate</c>, another
/// program), and for <see cref="PublishAsync"/> and <see cref="MessagedAsync"/>. They are not written down before they are told.
/// Ids are primary keys: a number, a Guid, a tuple for a composite key, or text. Text is taken as it is, so that a suffix makes a private
/// side topic of a record, <c>13-admins</c> (P-2). The requester is the socket whose doing it is: it is not told (D-10).
/// All calls fail with a <see cref="RealtimeException"/>, as those of <see cref="Topics.ITopics"/> do; before anything is sent where the
/// arguments are wrong.
/// </summary>
/// <typeparam name="T">The entity class.</typeparam>
public interface ITopic<T>
    where T : class
{
    /// <summary>The identity: the name of the event that clients get (P-10).</summary>
    ModelName Model { get; }

    /// <summary>The id of a record, from its primary key or from the record itself; 0 is one as any other (P-2).</summary>
    RecordId IdOf(object key);

    /// <summary>
    /// The name that Sails gave the room of a record (P-1, P-2), for rooms of the application's own beside it, with
    /// <see cref="Rooms.IRooms"/>. The topic itself is no room.
    /// </summary>
    RoomName RoomNameOf(object key);

    /// <summary>Subscribes a socket to records, existing or not (P-3).</summary>
    Task SubscribeAsync(SocketId socket, IEnumerable<object> keys, CancellationToken cancellation = default);

    /// <summary>Undoes <see cref="SubscribeAsync"/> (P-4).</summary>
    Task UnsubscribeAsync(SocketId socket, IEnumerable<object> keys, CancellationToken cancellation = default);

    /// <summary>Lets a socket hear of every record that is created from now on, and then of each of them (P-9, P-31, P-40).</summary>
    Task WatchAsync(SocketId socket, CancellationToken cancellation = default);

    /// <summary>Undoes <see cref="WatchAsync"/> (P-40).</summary>
    Task UnwatchAsync(SocketId socket, CancellationToken cancellation = default);

    /// <summary>Sends data as it is to the subscribers of records: one message for each record (P-5).</summary>
    Task PublishAsync(IEnumerable<object> keys, object? data, SocketId? requester = null, CancellationToken cancellation = default);

    /// <summary>Tells the watchers of a record, who hear of it from now on (P-11, P-31, P-34), and what it is associated with (P-22).</summary>
    /// <param name="record">
    /// The entity with its primary key, or an object with the attributes as clients know them, which is sent as it is. Of an entity,
    /// <see cref="ModelsOptions.PopulatesCreated"/> says what comes along.
    /// </param>
    /// <param name="requester">Whose doing it is.</param>
    /// <param name="noReverse">Whether the records that it is associated with hear nothing (P-19).</param>
    /// <param name="cancellation">Ends it.</param>
    Task CreatedAsync(object record, SocketId? requester = null, bool noReverse = false, CancellationToken cancellation = default);

    /// <summary>Tells the subscribers of a record what has changed (P-12, P-35).</summary>
    /// <param name="key">Which record.</param>
    /// <param name="changes">An object with what changed, as clients get it.</param>
    /// <param name="previous">The record as it was; only with it do others hear that associations have changed (P-23).</param>
    /// <param name="requester">Whose doing it is.</param>
    /// <param name="noReverse">Whether they hear nothing even so (P-19).</param>
    /// <param name="cancellation">Ends it.</param>
    Task UpdatedAsync(
        object key, object changes, object? previous = null, SocketId? requester = null, bool noReverse = false, CancellationToken cancellation = default);

    /// <summary>Tells the subscribers of a record that it is gone, whereafter it has none (P-13, P-32, P-36), and what it was associated with (P-24).</summary>
    Task DestroyedAsync(
        object key, object? previous = null, SocketId? requester = null, bool noReverse = false, CancellationToken cancellation = default);

    /// <summary>Tells both ends that a child joined a collection of a record (P-14, P-20, P-37). The requester is subscribed to the child.</summary>
    /// <param name="key">Which record.</param>
    /// <param name="attribute">The JSON name of the collection.</param>
    /// <param name="child">The child's primary key, or the child, which then comes along.</param>
    /// <param name="requester">Whose doing it is.</param>
    /// <param name="noReverse">Whether the child hears nothing (P-19).</param>
    /// <param name="cancellation">Ends it.</param>
    Task AddedToAsync(
        object key, string attribute, object child, SocketId? requester = null, bool noReverse = false, CancellationToken cancellation = default);

    /// <summary>Tells both ends that a child left a collection of a record (P-15, P-21, P-38).</summary>
    Task RemovedFromAsync(
        object key, string attribute, object child, SocketId? requester = null, bool noReverse = false, CancellationToken cancellation = default);

    /// <summary>Says something to the subscribers of a record: <c>{verb: "messaged", id, data}</c> (P-16, P-39).</summary>
    Task MessagedAsync(object key, object? data, SocketId? requester = null, CancellationToken cancellation = default);
}
