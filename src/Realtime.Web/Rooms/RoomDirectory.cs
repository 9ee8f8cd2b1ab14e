using Akka.Actor;
using Microsoft.Extensions.Options;
using Realtime.Actors.Cluster;
using Realtime.Actors.Delivery;

namespace Realtime.Web.Rooms;

/// <summary>
/// Lists the rooms of the cluster: asks the relays of every node for the rooms of their sockets, and puts their pages together.
/// No room is woken for it, and nothing is read from storage.
/// </summary>
internal sealed class RoomDirectory(ActorSystem system, IOptions<RealtimeOptions> options)
{
    private readonly ClusterNodes _nodes = ClusterNodes.Of(system);

    /// <summary>A page of rooms whose names begin with a prefix, in ordinal order.</summary>
    /// <exception cref="RealtimeException"><see cref="ErrorCodes.Unavailable"/>: a node did not answer, and its rooms would be missing.</exception>
    public async Task<RoomList> PageAsync(string prefix, RoomName? after, int limit, CancellationToken cancellation)
    {
        var list = new ListRooms(prefix, after?.Value, limit);
        var pages = await Task.WhenAll(_nodes.AllRelays().Select(one => AskAsync(one.Node, one.Relay, list, cancellation)));
        var names = new SortedSet<string>(pages.SelectMany(page => page.Names), StringComparer.Ordinal);
        var page = names.Take(limit).ToArray();
        var more = names.Count > limit || Array.Exists(pages, each => each.More);
        return new RoomList(page, more ? page[^1] : null);
    }

    private async Task<RoomPage> AskAsync(NodeId node, IActorRef relay, ListRooms list, CancellationToken cancellation)
    {
        try
        {
            return await relay.Ask<RoomPage>(list, options.Value.AnswerWithin, cancellation);
        }
        catch (AskTimeoutException) when (!_nodes.IsAlive(node))
        {
            return new RoomPage([], false); // it is gone, and nobody is in any room there
        }
        catch (AskTimeoutException late)
        {
            throw new RealtimeException(ErrorCodes.Unavailable, "A node did not tell its rooms in time: retry.", late);
        }
    }
}
