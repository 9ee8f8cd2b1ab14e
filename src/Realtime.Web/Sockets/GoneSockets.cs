using System.Threading.Channels;
using Akka.Actor;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Realtime.Actors;
using Realtime.Actors.Sessions;

namespace Realtime.Web.Sockets;

/// <summary>
/// Tells the application's hooks which sockets of this node have gone: a few at a time, apart from the actors. When the node ends, the web server has
/// stopped and the actors live: by then it tells them of all sockets that are left.
/// </summary>
internal sealed class GoneSockets(ActorSystem system, IEnumerable<ISocketHooks> hooks, IOptions<RealtimeOptions> options, ILogger<GoneSockets> log)
    : BackgroundService
{
    // A node may lose all of its clients at once; hooks that are slower than that for long lose some.
    private const int MostWaiting = 100_000;
    private const int AtOnce = 16;

    private readonly ISocketHooks[] _hooks = [.. hooks];
    private readonly TimeSpan _within = options.Value.Sockets.GoneWithin;
    private readonly Channel<SocketGone> _gone = Channel.CreateBounded<SocketGone>(
        new BoundedChannelOptions(MostWaiting) { SingleReader = true, FullMode = BoundedChannelFullMode.DropWrite },
        dropped => Log.NotTold(log, dropped.Socket));

    private IActorRef _listener = ActorRefs.Nobody;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        if (_hooks.Length == 0)
            return Task.CompletedTask;
        _listener = system.ActorOf(Props.Create(() => new Listener(_gone.Writer)));
        system.EventStream.Subscribe(_listener, typeof(SocketGone)); // here: by itself it would miss what is said before it runs
        return base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_within);
        try
        {
            if (ExecuteTask is { IsCompleted: false } telling && _within > TimeSpan.Zero && !system.WhenTerminated.IsCompleted)
            {
                await TakeLeaveAsync(limit.Token);
                await telling.WaitAsync(limit.Token);
            }
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            Log.LeftUntold(log, _within);
        }
        await base.StopAsync(limit.Token);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Parallel.ForEachAsync(
                _gone.Reader.ReadAllAsync(stoppingToken),
                new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stoppingToken },
                async (socket, cancellation) => await TellAsync(socket, cancellation));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The application ends, and its hooks are too slow.
        }
        finally
        {
            system.Stop(_listener);
        }
    }

    private async Task TakeLeaveAsync(CancellationToken cancellation)
    {
        var asked = LocalSessions.Of(system).All()
            .Select(it => LocalReply.AskAsync(system, it.Value, new TakeLeave(it.Key), Timeout.InfiniteTimeSpan, cancellation));
        var answers = await Task.WhenAll(asked);
        // Those that had gone before have told the listener by now.
        await LocalReply.AskAsync(system, _listener, Mark.Instance, Timeout.InfiniteTimeSpan, cancellation);
        foreach (var gone in answers.OfType<SocketGone>())
            await _gone.Writer.WriteAsync(gone, cancellation);
        _gone.Writer.Complete();
    }

    private async ValueTask TellAsync(SocketGone gone, CancellationToken cancellation)
    {
        var socket = new FormerSocket(
            gone.Socket, gone.User, gone.Since, [.. gone.Feeds.Where(feed => !feed.IsTopic).Select(feed => RoomName.Trusted(feed.Key))])
        {
            MayComeBack = gone.MayComeBack,
        };
        foreach (var hook in _hooks)
        {
            try
            {
                await hook.GoneAsync(socket, cancellation);
            }
            catch (Exception fault) when (!cancellation.IsCancellationRequested)     // it is the application's, and the next socket's hooks run
            {
                Log.HookFailed(log, hook.GetType().Name, gone.Socket, fault);
            }
        }
    }

    private sealed class Listener : ReceiveActor
    {
        public Listener(ChannelWriter<SocketGone> gone)
        {
            Receive<SocketGone>(socket => gone.TryWrite(socket));
            Receive<Mark>(mark => Sender.Tell(mark));
        }
    }

    private sealed class Mark
    {
        public static readonly Mark Instance = new();
    }
}
