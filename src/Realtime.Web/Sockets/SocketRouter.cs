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
    private readonly ClusterNodes _nodes = ClusterNodes.Of(system);

    /// <summary>Asks a session; the answer is <see cref="UnknownSocket"/> when there is none.</summary>
    /// <exception cref="RealtimeException"><see cref="ErrorCodes.Unavailable"/>: a node that may hold it did not answer in time.</exception>
    public async Task<object> AskAsync(ISocketCommand command, CancellationToken cancellation)
    {
        var birthplace = command.Socket.Birthplace;
        var isAskedFirst = _nodes.SessionsOf(birthplace) is not null && _nodes.IsReachable(birthplace);
        if (isAskedFirst && await AskAsync(_nodes.SessionsOf(birthplace)!, command, cancellation) is not UnknownSocket and var answer)
            return answer;
        var others = _nodes.Alive.Where(node => node != birthplace || !isAskedFirst).Select(_nodes.SessionsOf).OfType<IActorRef>();
        answer = await AskAllAsync(others, command, cancellation);
        if (answer is UnknownSocket)
            metrics.NoteUnknown();
        return answer;
    }

    /// <summary>Says something to every socket of every node; returns to how many.</summary>
    /// <exception cref="RealtimeException"><see cref="ErrorCodes.Unavailable"/>: a node did not answer; its sockets may have got it or not.</exception>
    public async Task<int> BlastAsync(Blast blast, CancellationToken cancellation)
    {
        var answers = await Task.WhenAll(_nodes.Alive.Select(_nodes.SessionsOf).OfType<IActorRef>().Select(node => AskAsync(node, blast, cancellation)));
        return answers.Sum(answer => answer is Blasted blasted ? blasted.Sockets : 0);
    }

    /// <summary>Asks one actor about a socket.</summary>
    public async Task<object> AskAsync(IActorRef sessionOrKeeper, object message, CancellationToken cancellation) =>
        await AskOrNullAsync(sessionOrKeeper, message, cancellation) ?? throw Silence();

    // The node that knows the socket decides, and is not kept waiting for by one that has just died.
    private async Task<object> AskAllAsync(IEnumerable<IActorRef> keepers, ISocketCommand command, CancellationToken cancellation)
    {
        var hasSilent = false;
        await foreach (var asked in Task.WhenEach(keepers.Select(keeper => AskOrNullAsync(keeper, command, cancellation))))
        {
            var answer = await asked;
            hasSilent |= answer is null;
            if (answer is not (null or UnknownSocket))
                return answer;
        }
        return hasSilent ? throw Silence() : new UnknownSocket(command.Socket);
    }

    private async Task<object?> AskOrNullAsync(IActorRef sessionOrKeeper, object message, CancellationToken cancellation)
    {
        try
        {
            return await sessionOrKeeper.Ask(message, options.Value.AnswerWithin + options.Value.AnswerWithin, cancellation);
        }
        catch (AskTimeoutException)
        {
            return null;
        }
    }

    private static RealtimeException Silence() => new(ErrorCodes.Unavailable, "The node of the socket did not answer in time: retry.");
}
