using Akka.Actor;
using Akka.Event;
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
    private readonly LocalSessions _sessions = LocalSessions.Of(Context.System);
    private readonly HashSet<SocketId> _connected = [];

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
                _connected.Add(open.Socket);
                session.Tell(new Attach(open.Transport), Self);
                Sender.Tell(new SessionOpened(open.Socket, session));
                break;
            case ResumeSession resume when _sessions.Find(resume.Socket) is { } waiting:
                waiting.Forward(resume);
                break;
            case ResumeSession resume:
                Start(resume.Socket, resume.User).Forward(resume);
                break;
            case ResumeAbandoned abandoned:
                _sessions.Find(abandoned.Socket)?.Tell(new ConnectionEnded(abandoned.Transport, IsGoodbye: false), Self);
                break;
            case ISocketCommand command when _sessions.Find(command.Socket) is { } found:
                found.Forward(command);
                break;
            case ISocketCommand command:
                Sender.Tell(new UnknownSocket(command.Socket));
                break;
            case DeadLetter letter:
                AnswerFor(letter);
                break;
            case RelayBeganAnew anew:
                _sessions.TellAll(anew);
                break;
            case Blast blast:
                _sessions.TellAll(new BlastFrames(blast));
                // As many as hear it: those that wait for their clients do not, and the omitted one does not (contract R-38).
                Sender.Tell(new Blasted(_connected.Count - (blast.Omit is { } omitted && _connected.Contains(omitted) ? 1 : 0)));
                break;
            case ConnectionIs { IsOpen: true } back:
                _connected.Add(back.Socket);
                break;
            case ConnectionIs gone:
                _connected.Remove(gone.Socket);
                break;
            case Terminated terminated:
                var ended = SocketId.Trusted(terminated.ActorRef.Path.Name);
                _connected.Remove(ended);
                if (_sessions.Remove(ended))
                    ActorMetrics.SessionsKept.Add(-1);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    /// <inheritdoc/>
    protected override void PreStart() => Context.System.EventStream.Subscribe(Self, typeof(DeadLetter));

    /// <inheritdoc/>
    protected override void PostStop()
    {
        Context.System.EventStream.Unsubscribe(Self);
        ActorMetrics.SessionsKept.Add(-_sessions.Count);
        _sessions.Clear();
    }

    /// <inheritdoc/>
    protected override SupervisorStrategy SupervisorStrategy() =>
        // A session that fails has lost track of its client, which reconnects and recovers. It keeps its feeds until then: without
        // it nobody would leave them for a client that does not come back.
        new OneForOneStrategy(_ => Directive.Restart);

    // What meets a session that has just stopped, and would have no answer. Of this node: another one that cannot be reached is silent.
    private void AnswerFor(DeadLetter letter)
    {
        if (!letter.Recipient.Path.Parent.Equals(Self.Path))
            return;
        ISocketReply? answer = letter.Message switch
        {
            ISocketCommand late => new UnknownSocket(late.Socket),
            ResumeSession late => new UnknownSocket(late.Socket),
            Fence late => new SocketDone(late.Socket),
            TakeLeave late => new UnknownSocket(late.Socket),
            _ => null,
        };
        if (answer is not null)
            letter.Sender.Tell(answer);
    }

    private IActorRef Start(SocketId socket, string? user)
    {
        var session = Context.ActorOf(ActorFactory<SocketSessionActor>.Props(() => new SocketSessionActor(socket, user, _options, _nodes, _time)), socket.Value);
        _sessions.Add(socket, Context.Watch(session));
        ActorMetrics.SessionsKept.Add(1);
        return session;
    }
}

/// <summary>A session gets its first connection.</summary>
internal sealed record Attach(ISocketTransport Transport);

/// <summary>A session tells its keeper that it has lost its connection, or that its client is back.</summary>
internal sealed record ConnectionIs(SocketId Socket, bool IsOpen);
