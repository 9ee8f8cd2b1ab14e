using System.Text.Json;
using Realtime.Client.Connection;
using Realtime.Client.Delivery;

namespace Realtime.Client.Rooms;

/// <summary>A room as this client sees it.</summary>
public sealed class Room
{
    private readonly Session _session;
    private event Action<bool>? Changed;

    internal Room(string name, Session session) => (Name, _session) = (name, session);

    /// <summary>Its name.</summary>
    public string Name { get; }

    internal Listeners Listeners { get; } = new();

    /// <summary>
    /// Enters the room, and stays in it over lost connections until <see cref="LeaveAsync"/>. Completes when every message from then
    /// on reaches this client. Joining again with something else to tell tells that.
    /// </summary>
    /// <param name="presence">What this client tells the others about itself, in a room whose members are known to each other.</param>
    /// <param name="cancellation">Stops the waiting; the client may join all the same.</param>
    /// <exception cref="RealtimeClientException"><c>forbidden</c>, <c>invalid_room</c>, <c>no_presence</c> …: it is not in the room.</exception>
    public async Task<Joined> JoinAsync(object? presence = null, CancellationToken cancellation = default)
    {
        object? told = presence is null ? null : _session.Write(presence);
        var answer = await _session.AskAsync("Join", Opener.JoinArguments(Name, told), cancellation, json =>
        {
            var joined = Wire.Read<Joined>(json);
            _session.With((memory, inbox) =>
            {
                memory.Rooms[Name] = told;
                inbox.Advance(new(Name, joined.Epoch, joined.Seq));
                return true;
            });
        });
        Changed?.Invoke(true);
        return Wire.Read<Joined>(answer);
    }

    /// <summary>Leaves the room. Who listens goes on, for the next join.</summary>
    public async Task LeaveAsync(CancellationToken cancellation = default)
    {
        _session.With((memory, _) => memory.Rooms.Remove(Name));
        await _session.AskAsync("Leave", [Name], cancellation, _ => _session.With((memory, inbox) =>
        {
            inbox.Forget(Name);
            return memory.Rooms.Remove(Name); // a join that was under way may have added it meanwhile
        }));
        Changed?.Invoke(false);
    }

    /// <summary>
    /// Says something to everybody in the room. When the connection is lost before the receipt has come, and this client has resumed
    /// and missed nothing of the room, it is said again by the same key, so that it counts once. Otherwise, and in a room that this
    /// client is not in, this fails with <c>disconnected</c>, and nobody knows whether it was said.
    /// </summary>
    /// <param name="name">The event.</param>
    /// <param name="data">What it carries.</param>
    /// <param name="transient">
    /// For what is worthless a moment later, such as "is typing": it gets no number, is not kept, and is heard at most once.
    /// </param>
    /// <param name="cancellation">Stops the waiting; the broadcast may happen all the same.</param>
    public async Task<Receipt> BroadcastAsync<T>(string name, T data, bool transient = false, CancellationToken cancellation = default)
    {
        object options = transient ? new { transient } : new { idempotencyKey = Guid.NewGuid().ToString("N") };
        var call = new Call("Broadcast", [Name, name, _session.Write(data), options]) { Again = transient ? Again.Never : Again.Recovered, Room = Name };
        return Wire.Read<Receipt>(await _session.InvokeAsync(call, cancellation));
    }

    /// <summary>Some members.</summary>
    /// <param name="after">The <c>Next</c> of an answer, to get those that follow.</param>
    /// <param name="cancellation">Stops the waiting.</param>
    public async Task<MemberList> MembersAsync(string? after = null, CancellationToken cancellation = default) =>
        Wire.Read<MemberList>(await _session.AskAsync("Members", [Name, after], cancellation));

    /// <summary>What was said, as far as the room keeps it: after a position, or from the beginning.</summary>
    public async Task<MessageList> HistoryAsync(Position? after = null, CancellationToken cancellation = default) => Wire.Read<MessageList>(
        await _session.AskAsync("History", [Name, after is { } position ? new Place(Name, position.Epoch, position.Seq) : null], cancellation));

    /// <summary>Some of those who are in the room, with what they tell about themselves.</summary>
    /// <param name="after">The <c>Next</c> of an answer, to get those that follow.</param>
    /// <param name="cancellation">Stops the waiting.</param>
    /// <exception cref="RealtimeClientException"><c>no_presence</c>: the members of this room are not known to each other.</exception>
    public async Task<PresenceList<T>> PresenceAsync<T>(string? after = null, CancellationToken cancellation = default) =>
        PresenceReader.List<T>(await _session.AskAsync("Presence", after is null ? [Name] : [Name, after], cancellation), _session.Options.Json);

    /// <summary>Who comes, goes, and tells something else, as a stream for one reader (see <see cref="Events{T}()"/>).</summary>
    public IAsyncEnumerable<PresenceChange<T>> PresenceChanges<T>() =>
        Listening.Stream(_session, Listeners, PresenceReader.EventName, frame => PresenceReader.Change<T>(frame.Data, _session.Options.Json));

    /// <summary>
    /// Everybody who is in the room, kept up to date from the next join on (from now on, if the client is in the room already), until
    /// it is disposed of.
    /// </summary>
    /// <param name="changed">Gets the list whenever it has changed, in order with all other events.</param>
    public Roster<T> Roster<T>(Action<IReadOnlyCollection<Present<T>>>? changed = null) =>
        new(this, _session, changed ?? (_ => { }), IsJoined);

    /// <summary>Calls a handler for every event of a name in this room, and in no other. Handlers are called one after the other.</summary>
    /// <returns>Stops it.</returns>
    public IDisposable On<T>(string name, Action<T> handler) => Listening.Start(_session, Listeners, name, Reading.Data<T>(_session), handler);

    /// <summary>The same for a handler that waits: the next event is handled when it is done.</summary>
    public IDisposable On<T>(string name, Func<T, Task> handler) => Listening.Start(_session, Listeners, name, Reading.Data<T>(_session), handler);

    /// <summary>
    /// What is said in this room, as a stream for one reader. It listens from this call on. A reader that is more than
    /// <see cref="RealtimeClientOptions.StreamCapacity"/> behind gets those, and then an error: nothing is dropped unseen.
    /// </summary>
    public IAsyncEnumerable<RoomEvent<T>> Events<T>() => Listening.Stream(_session, Listeners, null, Reading.OfRoom<T>(_session));

    /// <summary>The same for the events of one name.</summary>
    public IAsyncEnumerable<RoomEvent<T>> Events<T>(string name) => Listening.Stream(_session, Listeners, name, Reading.OfRoom<T>(_session));

    internal bool IsJoined => _session.With((memory, _) => memory.Rooms.ContainsKey(Name));

    internal void Recovered(Recovery recovery)
    {
        if (recovery is { Recovered: false, IsMember: true })
            Changed?.Invoke(true);
    }

    internal void Follow(Action<bool> changed) => Changed += changed;

    internal void Unfollow(Action<bool> changed) => Changed -= changed;

    internal void End() => Listeners.End();
}
