using System.Threading.Channels;
using Akka.Actor;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Realtime.Actors.Sessions;

namespace Realtime.Web.Sockets;

/// <summary>Tells the application's hooks which sockets of this node have gone: a few at a time, apart from the actors.</summary>
internal sealed class GoneSockets(ActorSystem system, IEnumerable<ISocketHooks> hooks, ILogger<GoneSockets> log) : BackgroundService
{
    // A node may lose all of its clients at once; hooks that are slower than that for long lose some.
    private const int MostWaiting = 100_000;
    private const int AtOnce = 16;

    private readonly ISocketHooks[] _hooks = [.. hooks];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (_hooks.Length == 0)
            return;
        var gone = Channel.CreateBounded<SocketGone>(
            new BoundedChannelOptions(MostWaiting) { SingleReader = true, FullMode = BoundedChannelFullMode.DropWrite },
            dropped => Log.NotTold(log, dropped.Socket));
        var listener = system.ActorOf(Props.Create(() => new Listener(gone.Writer)));
        try
        {
            await Parallel.ForEachAsync(
                gone.Reader.ReadAllAsync(stoppingToken),
                new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stoppingToken },
                async (socket, cancellation) => await TellAsync(socket, cancellation));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The application ends, and its sockets live on elsewhere, or come back.
        }
        finally
        {
            system.Stop(listener);
        }
    }

    private async ValueTask TellAsync(SocketGone gone, CancellationToken cancellation)
    {
        var socket = new FormerSocket(
            gone.Socket, gone.User, gone.Since, [.. gone.Feeds.Where(feed => !feed.IsTopic).Select(feed => RoomName.Trusted(feed.Key))]);
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
            Context.System.EventStream.Subscribe(Self, typeof(SocketGone));
        }
    }
}
