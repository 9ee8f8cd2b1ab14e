using Akka.Actor;
using Realtime.Actors.Cluster;
using Realtime.Actors.Delivery;
using Realtime.Actors.Sessions;

namespace Realtime.Web.VirtualRequests;

/// <summary>Waits until a requester's connection has been given whatever its request made the application say (contract R-36).</summary>
internal sealed class Hearing(ActorSystem system)
{
    // Longer than any message takes between nodes that are well. One that is lost is made up for later; the answer is not kept for it.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    private readonly ClusterNodes _nodes = ClusterNodes.Of(system);

    /// <summary>Completes at once where nothing was said.</summary>
    public Task WaitAsync(SaidMeanwhile said, Exchange exchange)
    {
        var (client, gone) = (exchange.Client, exchange.Gone);
        var feeds = said.Feeds();
        if (feeds is null)
            return said.ToSockets ? AskAsync(client.Session, new Fence(client.Socket), gone) : Task.CompletedTask;
        var waits = new List<Task>(feeds.Length + 1);
        foreach (var (feed, position) in feeds)
        {
            if (_nodes.RelayOf(_nodes.Self, feed) is { } relay)
                waits.Add(AskAsync(relay, new CatchUp(feed, client.Socket, position), gone));
        }
        if (said.ToSockets)
            waits.Add(AskAsync(client.Session, new Fence(client.Socket), gone));
        return Task.WhenAll(waits);
    }

    private static async Task AskAsync(IActorRef actor, object message, CancellationToken gone)
    {
        try
        {
            await actor.Ask<SocketDone>(message, Longest, gone);
        }
        catch (AskTimeoutException)
        {
            // The event comes after the answer, then: late is better than never.
        }
    }
}
