using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Akka.Actor;
using Realtime.Actors.Cluster;

namespace Realtime.Actors.Sessions;

/// <summary>Keeps the sessions of this node, each named after its socket, and finds them for everybody in the cluster.</summary>
public sealed class SessionsActor : UntypedActor
{
    /// <summary>Its name under the user guardian, on every web node.</summary>
    public const string Name = "sessions";

    private readonly SessionOptions _options;
    private readonly ClusterNodes _nodes;
    private readonly TimeProvider _time;
    private readonly Dictionary<SocketId, Kept> _sessions = [];
    private int _connected;

    /// <summary>Made by the composition; see <c>AddRealtimeActors</c>.</summary>
    public SessionsActor(SessionOptions options, ClusterNodes nodes, TimeProvider time) =>
        (_options, _nodes, _time) = (options, nodes, time);

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case OpenSession open:
                var session = Start(open.Socket, open.User);
                Note(open.Socket, isOpen: true);
                session.Tell(new Attach(open.Transport), Self);
                Sender.Tell(new SessionOpened(open.Socket, session));
                break;
            case ResumeSession resume when _sessions.TryGetValue(resume.Socket, out var waiting):
                waiting.Session.Forward(resume);
                break;
            case ResumeSession resume:
                Start(resume.Socket, resume.User).Forward(resume);
                break;
            case ResumeAbandoned abandoned:
                if (_sessions.TryGetValue(abandoned.Socket, out var left))
                    left.Session.Tell(new ConnectionEnded(abandoned.Transport, IsGoodbye: false), Self);
                break;
            case ISocketCommand command when _sessions.TryGetValue(command.Socket, out var found):
                found.Session.Forward(command);
                break;
            case ISocketCommand command:
                Sender.Tell(new UnknownSocket(command.Socket));
                break;
            case RelayBeganAnew anew:
                foreach (var each in _sessions.Values)
                    each.Session.Tell(anew, ActorRefs.NoSender);
                break;
            case Blast blast:
                Sender.Tell(new Blasted(Tell(blast)));
                break;
            case ConnectionIs connection:
                Note(connection.Socket, connection.IsOpen);
                break;
            case Terminated terminated:
                Forget(SocketId.Trusted(terminated.ActorRef.Path.Name));
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    /// <inheritdoc/>
    protected override void PostStop() => ActorMetrics.SessionsKept.Add(-_sessions.Count);

    /// <inheritdoc/>
    protected override SupervisorStrategy SupervisorStrategy() =>
        // A session that fails has lost track of its client, which reconnects and recovers. It keeps its feeds until then: without
        // it nobody would leave them for a client that does not come back.
        new OneForOneStrategy(_ => Directive.Restart);

    private IActorRef Start(SocketId socket, string? user)
    {
        var session = Context.ActorOf(ActorFactory<SocketSessionActor>.Props(() => new SocketSessionActor(socket, user, _options, _nodes, _time)), socket.Value);
        _sessions.Add(socket, new Kept(Context.Watch(session), IsConnected: false));
        ActorMetrics.SessionsKept.Add(1);
        return session;
    }

    // To those that are connected, and were not left out: as many as it says (contract R-38).
    private int Tell(Blast blast)
    {
        var frames = new BlastFrames(blast);
        foreach (var (session, isConnected) in _sessions.Values)
        {
            if (isConnected)
                session.Tell(frames, ActorRefs.NoSender);
        }
        return blast.Omit is { } omitted && _sessions.TryGetValue(omitted, out var kept) && kept.IsConnected ? _connected - 1 : _connected;
    }

    private void Note(SocketId socket, bool isOpen)
    {
        ref var kept = ref CollectionsMarshal.GetValueRefOrNullRef(_sessions, socket);
        if (Unsafe.IsNullRef(ref kept) || kept.IsConnected == isOpen)
            return;
        kept = kept with { IsConnected = isOpen };
        _connected += isOpen ? 1 : -1;
    }

    private void Forget(SocketId socket)
    {
        Note(socket, isOpen: false);
        if (_sessions.Remove(socket))
            ActorMetrics.SessionsKept.Add(-1);
    }

    private readonly record struct Kept(IActorRef Session, bool IsConnected);
}

/// <summary>A session gets its first connection.</summary>
internal sealed record Attach(ISocketTransport Transport);

/// <summary>A session tells its keeper that it has lost its connection, or that its client is back.</summary>
internal sealed record ConnectionIs(SocketId Socket, bool IsOpen);
