using Akka;
using Akka.Actor;
using Akka.Cluster;
using Microsoft.Extensions.Logging;

namespace Realtime.Web.Hosting;

/// <summary>Tells whoever runs the service which nodes come and go, and when this one is given up: a line for each, and no more.</summary>
internal sealed partial class ClusterLogActor : ReceiveActor
{
    private readonly Cluster _cluster = Cluster.Get(Context.System);

    /// <param name="logger">Where it is told.</param>
    public ClusterLogActor(ILogger logger)
    {
        Receive<ClusterEvent.MemberUp>(up => Joined(logger, up.Member.Address, CountWith(up.Member)));
        Receive<ClusterEvent.UnreachableMember>(lost => Silent(logger, lost.Member.Address));
        Receive<ClusterEvent.ReachableMember>(found => Found(logger, found.Member.Address));
        Receive<ClusterEvent.MemberRemoved>(removed => removed.PreviousStatus == MemberStatus.Down, removed => Lost(logger, removed.Member.Address));
        Receive<ClusterEvent.MemberRemoved>(removed => Left(logger, removed.Member.Address));
        ReceiveAny(static _ => { }); // steps on the way to one of these
        // By then the cluster tells its members nothing any more.
        var shutdown = CoordinatedShutdown.Get(Context.System);
        shutdown.AddTask(CoordinatedShutdown.PhaseBeforeServiceUnbind, "cluster-log", () => Task.FromResult(TellWhy(logger, shutdown.ShutdownReason)));
    }

    protected override void PreStart() => _cluster.Subscribe(
        Self, ClusterEvent.SubscriptionInitialStateMode.InitialStateAsEvents, typeof(ClusterEvent.IMemberEvent), typeof(ClusterEvent.IReachabilityEvent));

    protected override void PostStop() => _cluster.Unsubscribe(Self);

    // What the cluster says of itself may lag behind what it announces.
    private int CountWith(Member newcomer) =>
        _cluster.State.Members.Where(member => member.Status == MemberStatus.Up).Append(newcomer).DistinctBy(member => member.UniqueAddress).Count();

    private static Done TellWhy(ILogger logger, CoordinatedShutdown.Reason? reason)
    {
        if (reason is CoordinatedShutdown.ClusterDowningReason)
            GivenUp(logger);
        else if (reason is CoordinatedShutdown.ClusterJoinUnsuccessfulReason)
            NotLetIn(logger);
        return Done.Instance;
    }

    [LoggerMessage(1, LogLevel.Information, "The node {Address} is a member of the cluster, which has {Count} now.")]
    private static partial void Joined(ILogger logger, Address address, int count);

    [LoggerMessage(2, LogLevel.Warning, "The node {Address} does not answer. If it does not do so in a few seconds, it is given up.")]
    private static partial void Silent(ILogger logger, Address address);

    [LoggerMessage(3, LogLevel.Information, "The node {Address} answers again.")]
    private static partial void Found(ILogger logger, Address address);

    [LoggerMessage(4, LogLevel.Warning, "The node {Address} was given up. Its rooms live on other nodes from now on; its clients may come back within the resume window.")]
    private static partial void Lost(ILogger logger, Address address);

    [LoggerMessage(5, LogLevel.Information, "The node {Address} has left the cluster.")]
    private static partial void Left(ILogger logger, Address address);

    [LoggerMessage(6, LogLevel.Error, "This node was given up by the cluster: it did not answer, or was cut off from the majority. It ends, and is to be started again.")]
    private static partial void GivenUp(ILogger logger);

    [LoggerMessage(7, LogLevel.Error, "No seed node has let this node in: are Realtime:Cluster:SeedNodes, Hostname and Tls right, and is one of them there? It ends, and is to be started again.")]
    private static partial void NotLetIn(ILogger logger);
}
