using System.Collections.Concurrent;
using Akka.Actor;
using Realtime.Actors.Dispatching;

namespace Realtime.Actors.Sessions;

/// <summary>
/// The sessions of this node, by socket. Written by <see cref="SessionsActor"/>, read by everybody on the node, who so asks a session
/// itself and not its keeper.
/// </summary>
public sealed class LocalSessions : IExtension
{
    private readonly ConcurrentDictionary<SocketId, IActorRef> _sessions = new();

    private LocalSessions()
    {
    }

    /// <summary>How many there are.</summary>
    public int Count => _sessions.Count;

    /// <summary>The sessions of an actor system.</summary>
    public static LocalSessions Of(ActorSystem system) => system.WithExtension<LocalSessions, LocalSessionsProvider>();

    /// <summary>The session of a socket; null when it is not on this node.</summary>
    public IActorRef? Find(SocketId socket) => _sessions.GetValueOrDefault(socket);

    /// <summary>All that there are now.</summary>
    public IReadOnlyCollection<KeyValuePair<SocketId, IActorRef>> All() => _sessions.ToArray();

    internal void Add(SocketId socket, IActorRef session) => _sessions[socket] = session;

    internal bool Remove(SocketId socket) => _sessions.TryRemove(socket, out _);

    internal void Clear() => _sessions.Clear();

    internal void TellAll(object message)
    {
        using var told = Round.Gather();
        foreach (var (_, session) in _sessions)
            session.Tell(message, ActorRefs.NoSender);
    }

    private sealed class LocalSessionsProvider : ExtensionIdProvider<LocalSessions>
    {
        public override LocalSessions CreateExtension(ExtendedActorSystem system) => new();
    }
}
