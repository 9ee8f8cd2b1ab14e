using Akka.Actor;
using Microsoft.Extensions.Options;
using Realtime.Actors.Cluster;
using Realtime.Actors.Sessions;

namespace Realtime.Web.Sockets;

/// <summary>
/// Finds the session of a socket anywhere in the cluster. Its id names the node it was born on, so that one question
/// suffices; only a socket that has resumed elsewhere is asked for everywhere.
/// </summary>
internal sealed class SocketRouter(ActorSystem system, SocketMetrics metrics, IOptions<RealtimeOptions> options)
{
    // A node that is going does not answer. Who asked it alone would wait for that, although another node has the socket by now.
    private static readonly TimeSpan BirthplaceAlone = TimeSpan.FromMilliseconds(500);

    private readonly ClusterNodes _nodes = ClusterNodes.Of(system);
    private readonly LocalSessions _local = LocalSessions.Of(system);

    // A session asks a room several times before it gives up: see SessionOptions.Within.
    private TimeSpan Patience => options.Value.AnswerWithin + options.Value.AnswerWithin;

    /// <summary>Asks a session; the answer is <see cref="UnknownSocket"/> when there is none.</summary>
    /// <exception cref="RealtimeException"><see cref="ErrorCodes.Unavailable"/>: the node did not answer in time.</exception>
    public Task<object> AskAsync(ISocketCommand command, CancellationToken cancellation) =>
        _local.Find(command.Socket) is { } session ? AskHereAsync(session, command, cancellation) : AskOthersAsync(command, cancellation);

    /// <summary>Says something to every socket of every node; returns to how many.</summary>
    /// <exception cref="RealtimeException"><see cref="ErrorCodes.Unavailable"/>: a node did not answer; its sockets may have got it or not.</exception>
    public async Task<int> BlastAsync(Blast blast, CancellationToken cancellation)
    {
        var answers = await Task.WhenAll(_nodes.Alive.Select(node => AskNodeAsync(node, blast, cancellation)));
        return answers.Contains(null) ? throw Late() : answers.Sum(answer => answer is Blasted blasted ? blasted.Sockets : 0);
    }

    /// <summary>Asks an actor of this node about a socket.</summary>
    public async Task<object> AskAsync(IActorRef sessionOrKeeper, object message, CancellationToken cancellation)
    {
        try
        {
            return await LocalReply.AskAsync(system, sessionOrKeeper, message, Patience, cancellation);
        }
        catch (TimeoutException late)
        {
            throw Late(late);
        }
    }

    private async Task<object> AskHereAsync(IActorRef session, ISocketCommand command, CancellationToken cancellation)
    {
        object answer;
        try
        {
            answer = await LocalReply.AskAsync(system, session, command, Patience, cancellation);
        }
        catch (TimeoutException late)
        {
            throw Late(late);
        }
        return answer is UnknownSocket ? await AskOthersAsync(command, cancellation) : answer;
    }

    private async Task<object> AskOthersAsync(ISocketCommand command, CancellationToken cancellation)
    {
        var birthplace = command.Socket.Birthplace;
        var asked = new List<Task<object?>>();
        if (birthplace != _nodes.Self)
        {
            var first = AskNodeAsync(birthplace, command, cancellation);
            asked.Add(first);
            await ((Task)first.WaitAsync(BirthplaceAlone, cancellation)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (first.IsCompletedSuccessfully && await first is { } answer and not UnknownSocket)
                return answer;
        }
        asked.AddRange(_nodes.Alive.Where(node => node != birthplace && node != _nodes.Self).Select(node => AskNodeAsync(node, command, cancellation)));
        var someAreSilent = false;
        await foreach (var done in Task.WhenEach(asked))
        {
            var answer = await done;
            if (answer is not (null or UnknownSocket))
                return answer;
            someAreSilent |= answer is null;
        }
        if (someAreSilent)
            throw Late();
        metrics.NoteUnknown();
        return new UnknownSocket(command.Socket);
    }

    /// <summary>Asks the keeper of a node's sessions; null when the node is there and does not answer. One that is gone has no sockets.</summary>
    private async Task<object?> AskNodeAsync(NodeId node, IWireMessage message, CancellationToken cancellation)
    {
        if (_nodes.SessionsOf(node) is not { } sessions)
            return NoSocket;
        try
        {
            return await sessions.Ask(message, Patience, cancellation);
        }
        catch (AskTimeoutException)
        {
            return _nodes.IsAlive(node) ? null : NoSocket;
        }
    }

    private static UnknownSocket NoSocket { get; } = new(default);

    private static RealtimeException Late(TimeoutException? cause = null) =>
        new(ErrorCodes.Unavailable, "The node of the socket did not answer in time: retry.", cause);
}
