using System.Text.Json;
using Realtime.Client.Connection;
using Realtime.Client.Delivery;

namespace Realtime.Client.Rooms;

/// <summary>Everybody who is in a room, kept up to date while this client is in the room.</summary>
public sealed class Roster<T> : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Room _room;
    private readonly Session _session;
    private readonly Action<IReadOnlyCollection<Present<T>>> _changed;
    private readonly IDisposable _listening;
    private Dictionary<string, Present<T>> _members = new(StringComparer.Ordinal);
    private List<PresenceChange<T>>? _meanwhile;
    private int _loads;

    internal Roster(Room room, Session session, Action<IReadOnlyCollection<Present<T>>> changed, bool isJoined)
    {
        (_room, _session, _changed) = (room, session, changed);
        _listening = room.On<JsonElement>(PresenceReader.EventName, json => Hear(PresenceReader.Change<T>(json, session.Options.Json)));
        room.Follow(Moved);
        if (isJoined)
            Moved(isMember: true);
    }

    /// <summary>Who is there, as far as is known now.</summary>
    public IReadOnlyCollection<Present<T>> Members
    {
        get
        {
            lock (_gate)
                return [.. _members.Values];
        }
    }

    /// <summary>No longer keeps it up to date.</summary>
    public void Dispose()
    {
        _room.Unfollow(Moved);
        _listening.Dispose();
        Interlocked.Increment(ref _loads);
    }

    private void Moved(bool isMember)
    {
        var turn = Interlocked.Increment(ref _loads);
        if (isMember)
            _ = LoadAsync(turn);
        else
            Replace(turn, new(StringComparer.Ordinal));
    }

    private async Task LoadAsync(int turn)
    {
        try
        {
            lock (_gate)
                _meanwhile = [];
            var found = new Dictionary<string, Present<T>>(StringComparer.Ordinal);
            for (string? after = null; ;)
            {
                var page = await _room.PresenceAsync<T>(after);
                foreach (var member in page.Members)
                    found[member.SocketId] = member;
                if ((after = page.Next) is null)
                    break;
            }
            Replace(turn, found);
        }
        catch (Exception e) when (e is RealtimeClientException or JsonException or ObjectDisposedException)
        {
            if (turn == Volatile.Read(ref _loads))
                _session.Report(e);
        }
    }

    private void Replace(int turn, Dictionary<string, Present<T>> members)
    {
        lock (_gate)
        {
            if (turn != Volatile.Read(ref _loads))
                return;
            // A change that the list has in it already does no harm: those after it come as well, and in order.
            foreach (var change in _meanwhile ?? [])
                Apply(change, members);
            (_members, _meanwhile) = (members, null);
        }
        _session.Dispatcher.Post(() => _changed(Members));
    }

    private void Hear(PresenceChange<T> change)
    {
        lock (_gate)
        {
            _meanwhile?.Add(change);
            Apply(change, _members);
        }
        _changed(Members);
    }

    private static void Apply(PresenceChange<T> change, Dictionary<string, Present<T>> members)
    {
        foreach (var gone in change.Left)
            members.Remove(gone.SocketId);
        foreach (var member in change.Joined)
            members[member.SocketId] = member;
        foreach (var member in change.Updated)
            members[member.SocketId] = member;
    }
}
