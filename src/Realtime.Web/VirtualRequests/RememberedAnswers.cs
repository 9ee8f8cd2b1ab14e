using Microsoft.Extensions.Options;

namespace Realtime.Web.VirtualRequests;

/// <summary>The requests with a key that this node has begun to serve, and how it answered: the last ones of each socket, for a while.</summary>
internal sealed class RememberedAnswers(TimeProvider time, IOptions<RealtimeOptions> options)
{
    /// <summary>How many of all sockets are remembered; the oldest go first.</summary>
    private const int Most = 16 * 1024;

    private readonly int _perSocket = Math.Max(64, 2 * options.Value.VirtualRequests.PerSocket);

    // Whoever comes back later than this is another socket.
    private readonly TimeSpan _age = options.Value.ResumeWindow + options.Value.VirtualRequests.AnswerWithin;
    private readonly Lock _gate = new();
    private readonly Dictionary<SocketId, LinkedList<Once>> _sockets = [];
    private readonly LinkedList<Once> _byAge = new();

    /// <summary>How many are remembered.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _byAge.Count;
        }
    }

    /// <summary>The request with this key of this socket: the one that is known, or else a new one.</summary>
    public Once Take(SocketId socket, string key, string fingerprint, out bool isFirst)
    {
        var now = time.GetUtcNow();
        lock (_gate)
        {
            while (_byAge.First is { } oldest && now - oldest.Value.Begun > _age)
                Remove(oldest.Value);
            if (_sockets.TryGetValue(socket, out var known))
            {
                foreach (var earlier in known)
                {
                    if (earlier.Key != key)
                        continue;
                    isFirst = false;
                    return earlier;
                }
            }
            isFirst = true;
            return Add(new Once(socket, key, fingerprint, now));
        }
    }

    /// <summary>It was not served after all.</summary>
    public void Forget(Once once)
    {
        lock (_gate)
            Remove(once);
    }

    private Once Add(Once once)
    {
        if (_byAge.Count == Most)
            Remove(_byAge.First!.Value);
        if (_sockets.TryGetValue(once.Socket, out var known) && known.Count == _perSocket)
            Remove(known.First!.Value);
        if (!_sockets.TryGetValue(once.Socket, out known))
            _sockets[once.Socket] = known = new();
        known.AddLast(once.AmongItsSockets);
        _byAge.AddLast(once.AmongAll);
        return once;
    }

    private void Remove(Once once)
    {
        if (once.AmongAll.List is null)
            return;
        _byAge.Remove(once.AmongAll);
        var known = _sockets[once.Socket];
        known.Remove(once.AmongItsSockets);
        if (known.Count == 0)
            _sockets.Remove(once.Socket);
    }

    /// <summary>One request, whose answer may still be on its way.</summary>
    internal sealed class Once
    {
        public Once(SocketId socket, string key, string fingerprint, DateTimeOffset begun)
        {
            (Socket, Key, Fingerprint, Begun) = (socket, key, fingerprint, begun);
            (AmongAll, AmongItsSockets) = (new(this), new(this));
        }

        public SocketId Socket { get; }

        public string Key { get; }

        public string Fingerprint { get; }

        public DateTimeOffset Begun { get; }

        /// <summary>Null when there was no place to serve it.</summary>
        public TaskCompletionSource<VirtualResponse?> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public LinkedListNode<Once> AmongAll { get; }

        public LinkedListNode<Once> AmongItsSockets { get; }
    }
}
