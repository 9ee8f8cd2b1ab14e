using System.Runtime.InteropServices;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Realtime.Web.Hosting;

/// <summary>
/// Ends the process in two steps when it is asked to by a signal. First it is not ready any more, but serves on for
/// <see cref="RealtimeOptions.DrainDelay"/>: a load balancer takes that long to notice, and what it sends here meanwhile must not meet
/// a closed port. Then the host stops, which tells the clients to come back elsewhere. A second signal ends the wait.
/// </summary>
internal sealed partial class DrainLifetime(
    Drain drain, IHostApplicationLifetime application, IOptions<RealtimeOptions> options, TimeProvider time, ILogger<DrainLifetime> logger)
    : IHostLifetime, IDisposable
{
    private static readonly PosixSignal[] Signals = [PosixSignal.SIGINT, PosixSignal.SIGQUIT, PosixSignal.SIGTERM];

    private readonly TimeSpan _delay = options.Value.DrainDelay;
    private PosixSignalRegistration[] _registrations = [];
    private ITimer? _timer;

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        _timer = time.CreateTimer(_ => application.StopApplication(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _registrations = [.. Signals.Select(signal => PosixSignalRegistration.Create(signal, Take))];
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
        _timer?.Dispose();
    }

    private void Take(PosixSignalContext signal)
    {
        // Otherwise the runtime ends the process as soon as this returns.
        signal.Cancel = true;
        if (drain.Begin() && _delay > TimeSpan.Zero)
        {
            Draining(logger, _delay);
            _timer!.Change(_delay, Timeout.InfiniteTimeSpan);
        }
        else
        {
            application.StopApplication();
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Not ready any more. Clients are told to go in {Delay}; a second signal does it now.")]
    private static partial void Draining(ILogger logger, TimeSpan delay);
}
