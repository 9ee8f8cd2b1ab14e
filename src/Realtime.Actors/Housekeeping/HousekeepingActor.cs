using Akka.Actor;
using Akka.Cluster;
using Akka.Event;
using Akka.Persistence;
using Realtime.Actors.Cluster;
using Realtime.Actors.Persistence;

namespace Realtime.Actors.Housekeeping;

/// <summary>
/// Wakes every stored room and topic, page by page, after a start, after the loss of a node that took connections, and once a
/// day: one that slept meanwhile does not know that its members are gone, or that what it kept is too old. There is one for the
/// cluster. How far it came is written down from time to time, so that a service which is often restarted comes to the last room too.
/// </summary>
/// <remarks>It deletes nothing itself: a room alone knows whether it is in use, and it is reached through its shard like by everybody else.</remarks>
internal sealed class HousekeepingActor : UntypedPersistentActor, IWithTimers
{
    public const string Name = "housekeeping";

    private const int PagesPerPlace = 10;
    private static readonly TimeSpan AgainAfter = TimeSpan.FromDays(1);

    private readonly StoredFeeds _stored;
    private readonly Func<FeedId, IActorRef> _regionOf;
    private readonly int _perPage;
    private readonly TimeSpan _pageTime;
    private readonly ILoggingAdapter _log = Context.GetLogger();

    private string _place = "";
    private Sweep? _sweep;
    private Sweep? _read;
    private int _pages;
    private int _feeds;

    /// <param name="stored">What there is.</param>
    /// <param name="regionOf">The way to a room or topic.</param>
    /// <param name="perPage">How many are woken at a time.</param>
    /// <param name="pageTime">How long from one page to the next.</param>
    public HousekeepingActor(StoredFeeds stored, Func<FeedId, IActorRef> regionOf, int perPage, TimeSpan pageTime) =>
        (_stored, _regionOf, _perPage, _pageTime) = (stored, regionOf, perPage, pageTime);

    public override string PersistenceId => Name;

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart()
    {
        base.PreStart();
        Akka.Cluster.Cluster.Get(Context.System).Subscribe(
            Self, ClusterEvent.SubscriptionInitialStateMode.InitialStateAsSnapshot, typeof(ClusterEvent.MemberRemoved));
    }

    protected override void PostStop()
    {
        Akka.Cluster.Cluster.Get(Context.System).Unsubscribe(Self);
        base.PostStop();
    }

    protected override void OnRecover(object message)
    {
        switch (message)
        {
            case SnapshotOffer { Snapshot: SweepPlace place }:
                _place = place.After;
                break;
            case RecoveryCompleted:
                Begin(_place);
                break;
        }
    }

    protected override void OnCommand(object message)
    {
        switch (message)
        {
            case PageDue when _sweep is { } sweep && _read is null:
                _read = sweep;
                _stored.PageAsync(sweep.After, sweep.Until, _perPage).PipeTo(Self, success: page => new Page(page), failure: fault => new NotRead(fault));
                break;
            case Page page:
                Take(page.Feeds);
                break;
            case NotRead failed:
                _read = null;
                _log.Warning(failed.Fault, "The stored rooms could not be looked through; the next second tries again.");
                break;
            case ClusterEvent.MemberRemoved removed when removed.Member.HasRole(Roles.Web):
                Begin(_sweep?.After ?? ""); // those that were looked at already are to look again
                break;
            case SweepDue:
                Begin("");
                break;
            case SaveSnapshotFailure failed:
                _log.Warning(failed.Cause, "The place of the sweep could not be written down: after a restart it begins at an earlier one.");
                break;
            case PageDue or ClusterEvent.MemberRemoved or ClusterEvent.CurrentClusterState:
            case SaveSnapshotSuccess or DeleteSnapshotsSuccess or DeleteSnapshotsFailure:
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Begin(string from)
    {
        _sweep = Sweep.Beginning(from);
        Timers.Cancel(SweepDue.Instance);
        Timers.StartPeriodicTimer(PageDue.Instance, PageDue.Instance, TimeSpan.Zero, _pageTime);
    }

    private void Take(IReadOnlyList<StoredFeed> page)
    {
        var isOfThisSweep = ReferenceEquals(_read, _sweep);
        _read = null;
        foreach (var stored in page)
        {
            if (stored.Feed is not { } feed)
                continue;
            _feeds++;
            ActorMetrics.FeedsChecked.Add(1, ActorMetrics.Kind(feed.IsTopic));
            _regionOf(feed).Tell(new CheckNodes(feed), ActorRefs.NoSender);
        }
        if (!isOfThisSweep)
            return; // another one has begun meanwhile, at the place of this page
        _sweep = _sweep?.Past(page.Count > 0 ? page[^1].PersistenceId : null, isFull: page.Count == _perPage);
        if (_sweep is null)
            End();
        else if (++_pages % PagesPerPlace == 0)
            SaveSnapshot(new SweepPlace(_sweep.After));
    }

    private void End()
    {
        Timers.Cancel(PageDue.Instance);
        Timers.StartSingleTimer(SweepDue.Instance, SweepDue.Instance, AgainAfter);
        ActorMetrics.Sweeps.Add(1);
        _log.Info("{0} stored rooms and topics were asked to look for members on lost nodes.", _feeds);
        (_feeds, _pages) = (0, 0);
        DeleteSnapshots(SnapshotSelectionCriteria.Latest);
    }

    private sealed record Page(IReadOnlyList<StoredFeed> Feeds);

    private sealed record NotRead(Exception Fault);

    private sealed class SweepDue
    {
        public static readonly SweepDue Instance = new();
    }

    private sealed class PageDue
    {
        public static readonly PageDue Instance = new();
    }
}
