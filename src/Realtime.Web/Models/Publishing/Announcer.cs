using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Realtime.Web.Topics;

namespace Realtime.Web.Models.Publishing;

/// <summary>Tells the topics what happened, and the application's hooks before and after (contract P-46).</summary>
internal sealed class Announcer<TContext>(
    IServiceProvider services, ITopics topics, ModelContext<TContext> models, TimeProvider time, ILogger<Announcer<TContext>> log)
    where TContext : DbContext
{
    // Found when the first event needs them: hooks may want an ITopic<T>, which is told by this.
    private readonly Lazy<IPublishHooks[]> _ofAll = new(() => [.. services.GetServices<IPublishHooks>()], LazyThreadSafetyMode.PublicationOnly);
    private readonly ConcurrentDictionary<Type, IPublishHooks[]> _ofClass = [];

    /// <summary>Publishes an event; completes when the hooks behind it have run, too.</summary>
    /// <param name="known">The models of the context.</param>
    /// <param name="happened">The event.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task PublishAsync(ModelRegistry known, TopicEvent happened, CancellationToken cancellation)
    {
        if (HooksOf(known, happened) is not { Length: > 0 } due || happened.Record is not { } record)
        {
            await topics.PublishAsync(happened, cancellation);
            return;
        }
        var told = new PublishedEvent(happened, record);
        foreach (var hook in due)
            await RunAsync(hook, told, isBefore: true, cancellation);
        await topics.PublishAsync(happened, cancellation);
        foreach (var hook in due)
            await RunAsync(hook, told, isBefore: false, cancellation);
    }

    private IPublishHooks[] HooksOf(ModelRegistry known, TopicEvent happened)
    {
        if (happened.Verb == Verb.Messaged)
            return [];
        return known.TryFind(happened.Model, out var model) ? _ofClass.GetOrAdd(model.EntityType.ClrType, HooksOf) : _ofAll.Value;
    }

    private IPublishHooks[] HooksOf(Type record) =>
        [.. _ofAll.Value, .. services.GetServices(typeof(IPublishHooks<>).MakeGenericType(record)).Cast<IPublishHooks>()];

    // The event is committed, and others wait behind it: whatever a hook does, it goes on.
    private async Task RunAsync(IPublishHooks hook, PublishedEvent told, bool isBefore, CancellationToken cancellation)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        try
        {
            var running = Start(hook, told, isBefore, late.Token);
            if (!running.IsCompletedSuccessfully)
                await running.AsTask().WaitAsync(models.Options.HooksTakeAtMost, time, cancellation);
        }
        catch (Exception fault) when (!cancellation.IsCancellationRequested)
        {
            await late.CancelAsync();
            Log.HookFailed(log, hook.GetType().Name, told.Verb, told.Model, told.Record, fault);
        }
    }

    private static ValueTask Start(IPublishHooks hook, PublishedEvent told, bool isBefore, CancellationToken cancellation) => (told.Verb, isBefore) switch
    {
        (Verb.Created, true) => hook.BeforePublishCreateAsync(told, cancellation),
        (Verb.Created, false) => hook.AfterPublishCreateAsync(told, cancellation),
        (Verb.Updated, true) => hook.BeforePublishUpdateAsync(told, cancellation),
        (Verb.Updated, false) => hook.AfterPublishUpdateAsync(told, cancellation),
        (Verb.Destroyed, true) => hook.BeforePublishDestroyAsync(told, cancellation),
        (Verb.Destroyed, false) => hook.AfterPublishDestroyAsync(told, cancellation),
        (Verb.AddedTo, true) => hook.BeforePublishAddAsync(told, cancellation),
        (Verb.AddedTo, false) => hook.AfterPublishAddAsync(told, cancellation),
        (Verb.RemovedFrom, true) => hook.BeforePublishRemoveAsync(told, cancellation),
        (Verb.RemovedFrom, false) => hook.AfterPublishRemoveAsync(told, cancellation),
        _ => throw new NotSupportedException($"No hook for {told.Verb}."),
    };
}
