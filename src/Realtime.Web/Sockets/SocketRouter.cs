using Akka.Actor;
using Microsoft.Extensions.Options;
using Realtime.Actors.Cluster;
using Realtime.Actors.Sessions;

namespace Realtime.Web.Sockets;

/// <summary>
/// Finds the session of a socket anywhere in the cluster. Its id names the node it was born on, so that one question
/// suffices; only a socket that has resumed elsewhere is asked for everywhere.
/// </summary>
internal sealed class SocketRouter(ActorSystem system, IOptions<RealtimeOptions> options)
{
    private readonly ClusterNodes _nodes = ClusterNodes.Of(system);

    /// <summary>Asks a session; the answer is <see cref="UnknownSocket"/> when there is none.</summary>
    /// <exception cref="RealtimeException"><see cref="ErrorCodes.Unavailable"/>: the node did not answer in time.</exception>
    public async Task<object> AskAsync(ISocketCommand command, CancellationToken cancellation)
    {
        var birthplace = command.Socket.Birthplace;
        if (_nodes.SessionsOf(birthplace) is { } sessions)
        {
            var answer = await AskAsync(sessions, command, cancellation);
            if (answer is not UnknownSocket)
                return answer;
        }
        var others = _nodes.Alive.Where(node => node != birthplace).Select(_nodes.SessionsOf).OfType<IActorRef>();
        var answers = await Task.WhenAll(others.Select(other => AskAsync(other, command, cancellation)));
        return Array.Find(answers, answer => answer is not UnknownSocket) ?? new UnknownSocket(command.Socket);
    }

    /// <summary>Says something to every socket of every node; returns to how many.</summary>
    /// <exception cref="RealtimeException"><see cref="ErrorCodes.Unavailable"/>: a node did not answer; its sockets may have got it or not.</exception>
    public async Task<int> BlastAsync(Blast blast, CancellationToken cancellation)
    {
        var answers = await Task.WhenAll(_nodes.Alive.Select(_nodes.SessionsOf).OfType<IActorRef>().Select(node => AskAsync(node, blast, cancellation)));
        return answers.Sum(answer => answer is Blasted blasted ? blasted.Sockets : 0);
    }

    /// <summary>Asks one actor about a socket.</summary>
    public async Task<object> AskAsync(IActorRef sessionOrKeeper, object message, CancellationToken cancellation)
    {
        try
        {
            return await sessionOrKeeper.Ask(message, options.Value.AnswerWithin + options.Value.AnswerWithin, cancellation);
        }
        catch (AskTimeoutException late)
        {
            throw new RealtimeException(ErrorCodes.Unavailable, "The node of the socket did not answer in time: retry.", late);
        }
    }
}
