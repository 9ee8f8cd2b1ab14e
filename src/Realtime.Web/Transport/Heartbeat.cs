using Microsoft.Extensions.Logging;
using Realtime.Web.Transport.Negotiation;

namespace Realtime.Web.Transport;

/// <summary>The one timer of all connections: SignalR's keep-alive and client timeout hang on it, and our own limits.</summary>
internal sealed class Heartbeat(OpenConnections open, Tickets tickets, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    /// <summary>Beats until the token is canceled.</summary>
    public async Task RunAsync(CancellationToken stopped)
    {
        using var timer = new PeriodicTimer(Period, time);
        using var stopping = stopped.UnsafeRegister(static timer => ((PeriodicTimer)timer!).Dispose(), timer);
        while (await timer.WaitForNextTickAsync(CancellationToken.None).ConfigureAwait(false))
        {
            var now = time.GetUtcNow();
            foreach (var connection in open)
            {
                try
                {
                    connection.Tick(now);
                }
                catch (Exception e)
                {
                    // One connection's handler must not stop the others' clock.
                    Log.HeartbeatFailed(logger, connection.ConnectionId, e);
                }
            }

            tickets.Sweep(now);
        }
    }
}
