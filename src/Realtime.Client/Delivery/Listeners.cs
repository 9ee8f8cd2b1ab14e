namespace Realtime.Client.Delivery;

/// <summary>Somebody who listens: a handler, or a stream.</summary>
internal interface IListener
{
    /// <summary>Takes a frame without waiting: it is called under the lock of the client.</summary>
    void Hear(Frame frame);

    /// <summary>There will be no more.</summary>
    void End();
}

/// <summary>Who listens for what. Not safe for threads: its owner locks.</summary>
internal sealed class Listeners
{
    // Replaced on change, so that one who stops listening while a frame goes round does no harm.
    private IListener[] _all = [];
    private readonly Dictionary<string, IListener[]> _byEvent = new(StringComparer.Ordinal);

    /// <summary>Adds one.</summary>
    /// <param name="name">The event; null for every event but those whose names begin with <c>$</c>.</param>
    /// <param name="listener">Who listens.</param>
    public void Add(string? name, IListener listener)
    {
        if (name is null)
            _all = [.. _all, listener];
        else
            _byEvent[name] = [.. _byEvent.GetValueOrDefault(name, []), listener];
    }

    /// <summary>Removes one.</summary>
    public void Remove(string? name, IListener listener)
    {
        if (name is null)
            _all = [.. _all.Where(other => other != listener)];
        else if (_byEvent.GetValueOrDefault(name, []).Where(other => other != listener).ToArray() is { Length: > 0 } rest)
            _byEvent[name] = rest;
        else
            _byEvent.Remove(name);
    }

    /// <summary>Tells those whom it concerns.</summary>
    public void Tell(Frame frame)
    {
        if (_byEvent.TryGetValue(frame.Event, out var some))
            foreach (var listener in some)
                listener.Hear(frame);
        if (!frame.Event.StartsWith('$'))
            foreach (var listener in _all)
                listener.Hear(frame);
    }

    /// <summary>Tells all that there will be no more.</summary>
    public void End()
    {
        foreach (var listener in _byEvent.Values.SelectMany(listeners => listeners).Concat(_all).ToArray())
            listener.End();
    }
}
