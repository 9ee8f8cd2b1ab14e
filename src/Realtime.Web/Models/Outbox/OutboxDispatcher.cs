using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Realtime.Web.Models.Publishing;

namespace Realtime.Web.Models.Outbox;

/// <summary>
/// Carries events from the outbox to the topics: in the order of the commits for each record, at least once, and on
/// from where it, or a process that died, left off.
/// </summary>
internal sealed class OutboxDispatcher<TContext>(
    IServiceScopeFactory scopes, ModelContext<TContext> models, OutboxSignal<TContext> signal, Announcer<TContext> announcer, OutboxMetrics metrics,
    TimeProvider time, ILogger<OutboxDispatcher<TContext>> log) : BackgroundService
    where TContext : DbContext
{
    private readonly OutboxOptions _options = models.Options.Outbox;
    private readonly OutboxPublisher<TContext> _publisher = new(announcer, metrics, time, models.Options.Outbox.Concurrency);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!_options.Publishes)
            return;
        try
        {
            for (var failures = 0; ;)
            {
                var failure = await EmptyAsync(stoppingToken);
                if (failure is null)
                {
                    if (failures > 0)
                        Log.OutboxRecovered(log, failures);
                    failures = 0;
                    await signal.WaitAsync(_options.PollEvery, time, stoppingToken);
                    continue;
                }
                var pause = PauseAfter(failures++);
                Log.OutboxStuck(log, failure, pause);
                await Task.Delay(pause, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The application stops. What is left waits in the table.
        }
    }

    /// <summary>Goes through the table once.</summary>
    /// <returns>What went wrong, or null.</returns>
    private async Task<Exception?> EmptyAsync(CancellationToken cancellation)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var context = scope.ServiceProvider.GetRequiredService<TContext>();
            var known = models.RegistryOf(context);
            var (stuck, after, failure) = (new HashSet<(string, string)>(), 0L, (Exception?)null);
            List<OutboxRow>? rows;
            do
            {
                rows = await OutboxStore.TakeAsync(context, after, _options.BatchSize, PublishAsync, cancellation);
                if (rows is { Count: > 0 })
                    after = rows[^1].Id;
            }
            while (rows?.Count == _options.BatchSize);
            metrics.Pending(rows is null || failure is not null ? await OutboxStore.CountAsync(context, cancellation) : 0);
            return failure;

            async Task<List<long>> PublishAsync(List<OutboxRow> batch)
            {
                metrics.Read(batch.Count);
                var (done, failed) = await _publisher.PublishAsync(known, batch, stuck, cancellation);
                failure ??= failed;
                return done;
            }
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)      // no database: wait and try again
        {
            return failure;
        }
    }

    private TimeSpan PauseAfter(int failures)
    {
        var pause = _options.RetryAfter * Math.Pow(2, Math.Min(failures, 30));
        return pause < _options.RetryAtMost ? pause : _options.RetryAtMost;
    }
}
