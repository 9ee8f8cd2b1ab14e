using Microsoft.Extensions.Logging;

namespace Realtime.Web.Transport;

/// <summary>The one timer of all connections: SignalR's keep-alive and client timeout hang on it, and our own limits.</summary>
internal sealed class Heartbeat(OpenConnections open, Negotiation.Tickets tickets, TimeProvider time, ILogger logger) : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly PeriodicTimer _timer = new(Period, time);

    /// <summary>Beats until this is disposed.</summary>
    public async Task RunAsync()
    {
        while (await _timer.WaitForNextTickAsync().ConfigureAwait(false))
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

    public void Dispose() => _timer.Dispose();
}
