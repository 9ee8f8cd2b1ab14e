using Realtime.Client.Topics;

namespace Realtime.Client.Connection;

/// <summary>What this client has asked for, to ask for it again when the server no longer knows. Not safe for threads: its owner locks.</summary>
internal sealed class Memory
{
    private readonly Dictionary<string, HashSet<RecordId>> _subscribed = new(StringComparer.Ordinal);
    private DateTimeOffset? _waitsUntil;

    /// <summary>The rooms, with what this client tells about itself in them.</summary>
    public Dictionary<string, object?> Rooms { get; } = new(StringComparer.Ordinal);

    /// <summary>The models that are watched.</summary>
    public HashSet<string> Watched { get; } = new(StringComparer.Ordinal);

    /// <summary>What the server said last about this socket; null when there is no session to take up.</summary>
    public Hello? Hello { get; private set; }

    public void Subscribe(string model, IEnumerable<RecordId> ids)
    {
        if (!_subscribed.TryGetValue(model, out var known))
            _subscribed[model] = known = [];
        known.UnionWith(ids);
    }

    public void Unsubscribe(string model, IEnumerable<RecordId> ids)
    {
        if (!_subscribed.TryGetValue(model, out var known))
            return;
        known.ExceptWith(ids);
        if (known.Count == 0)
            _subscribed.Remove(model);
    }

    /// <summary>A connection is there, and its session is this one.</summary>
    public void Settle(Hello hello) => (Hello, _waitsUntil) = (hello, null);

    /// <summary>The connection was lost: the server waits for us for a while.</summary>
    public void Lost(DateTimeOffset now) => _waitsUntil ??= Hello is null ? null : now.AddSeconds(Hello.ResumeWindowSeconds);

    /// <summary>Whether the server has not yet given up waiting.</summary>
    public bool IsAwaited(DateTimeOffset now) => _waitsUntil is not { } until || now < until;

    /// <summary>The session is over, by our own wish. What was asked for stays.</summary>
    public void End() => (Hello, _waitsUntil) = (null, null);

    /// <summary>All of it, as it is now.</summary>
    public Wishes Snapshot() => new(
        Hello, new(Rooms, StringComparer.Ordinal), [.. Watched],
        _subscribed.ToDictionary(model => model.Key, model => model.Value.ToArray(), StringComparer.Ordinal));
}

/// <summary>What a client has asked for, at one moment.</summary>
/// <param name="Hello">The session to take up, if there is one.</param>
/// <param name="Rooms">The rooms, with what the client tells about itself in them.</param>
/// <param name="Watched">The models that are watched.</param>
/// <param name="Subscribed">Models, and the ids of their records.</param>
internal sealed record Wishes(
    Hello? Hello, Dictionary<string, object?> Rooms, IReadOnlyCollection<string> Watched, Dictionary<string, RecordId[]> Subscribed)
{
    public bool HasTopic(string model) => Watched.Contains(model) || Subscribed.ContainsKey(model);
}
