using System.Data.Common;
using System.Runtime.CompilerServices;
using System.Transactions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Realtime.Web.Models.Outbox;
using Realtime.Web.Topics;

namespace Realtime.Web.Models.Changes;

/// <summary>
/// Turns every save of a context into events in the outbox, in the transaction of the save. The rows are written just
/// before the commit: then all keys are known, and all changed rows are locked, so that the order of the outbox is the
/// order of the commits for each record.
/// </summary>
internal sealed class ChangeInterceptor<TContext>(
    ModelContext<TContext> models, ChangeOrigins origins, OutboxSignal<TContext> signal, ModelGates gates, TimeProvider time)
    : SaveChangesInterceptor, IDbTransactionInterceptor
    where TContext : DbContext
{
    private readonly ConditionalWeakTable<DbContext, PendingChanges> _pending = [];
    private readonly PopulatedRecords _populated = new(models.Options, models.Json, gates);

    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        var context = eventData.Context!;
        var known = models.RegistryOf(context);
        var dependents = new Dependents(context, known);
        while (dependents.Next() is { Count: > 0 } queries)
        {
            foreach (var query in queries)
                query.Load();
            context.ChangeTracker.CascadeChanges();
        }
        var stored = new Dictionary<object, PropertyValues>(ReferenceEqualityComparer.Instance);
        foreach (var entry in ChangeCapture.WithoutOriginals(context, known))
        {
            if (entry.GetDatabaseValues() is { } values)
                stored[entry.Entity] = values;
        }
        Begin(context, known, stored);
        return result;
    }

    public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        var context = eventData.Context!;
        var known = models.RegistryOf(context);
        var dependents = new Dependents(context, known);
        while (dependents.Next() is { Count: > 0 } queries)
        {
            foreach (var query in queries)
                await query.LoadAsync(cancellationToken);
            context.ChangeTracker.CascadeChanges();
        }
        var stored = new Dictionary<object, PropertyValues>(ReferenceEqualityComparer.Instance);
        foreach (var entry in ChangeCapture.WithoutOriginals(context, known))
        {
            if (await entry.GetDatabaseValuesAsync(cancellationToken) is { } values)
                stored[entry.Entity] = values;
        }
        Begin(context, known, stored);
        return result;
    }

    // EF Core commits the transaction that it opened for a save before it says that the save is done.
    public InterceptionResult TransactionCommitting(DbTransaction transaction, TransactionEventData eventData, InterceptionResult result)
    {
        if (Due(eventData.Context, atCommit: true) is { } pending)
        {
            Populate(eventData.Context!, pending.Save!);
            foreach (var command in Commands(eventData.Context!, transaction, pending))
            {
                using (command)
                    command.ExecuteNonQuery();
            }
        }
        return result;
    }

    public async ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        if (Due(eventData.Context, atCommit: true) is { } pending)
        {
            await PopulateAsync(eventData.Context!, pending.Save!, cancellationToken);
            foreach (var command in Commands(eventData.Context!, transaction, pending))
            {
                await using (command)
                    await command.ExecuteNonQueryAsync(cancellationToken);
            }
        }
        return result;
    }

    public override int SavedChanges(SaveChangesCompletedEventData eventData, int result)
    {
        var context = eventData.Context!;
        if (Due(context, atCommit: false) is { } pending)
        {
            context.Database.OpenConnection();
            Populate(context, pending.Save!);
            foreach (var command in Commands(context, context.Database.CurrentTransaction?.GetDbTransaction(), pending))
            {
                using (command)
                    command.ExecuteNonQuery();
            }
            context.Database.CloseConnection();
        }
        End(context);
        return result;
    }

    public override async ValueTask<int> SavedChangesAsync(
        SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        var context = eventData.Context!;
        if (Due(context, atCommit: false) is { } pending)
        {
            await context.Database.OpenConnectionAsync(cancellationToken);
            await PopulateAsync(context, pending.Save!, cancellationToken);
            foreach (var command in Commands(context, context.Database.CurrentTransaction?.GetDbTransaction(), pending))
            {
                await using (command)
                    await command.ExecuteNonQueryAsync(cancellationToken);
            }
            await context.Database.CloseConnectionAsync();
        }
        End(context);
        return result;
    }

    public override InterceptionResult ThrowingConcurrencyException(ConcurrencyExceptionEventData eventData, InterceptionResult result)
    {
        Doubt(eventData.Context);
        return result;
    }

    public override ValueTask<InterceptionResult> ThrowingConcurrencyExceptionAsync(
        ConcurrencyExceptionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        Doubt(eventData.Context);
        return ValueTask.FromResult(result);
    }

    public DbTransaction TransactionStarted(DbConnection connection, TransactionEndEventData eventData, DbTransaction result)
    {
        EndIfDoubtful(eventData.Context);
        return result;
    }

    public ValueTask<DbTransaction> TransactionStartedAsync(
        DbConnection connection, TransactionEndEventData eventData, DbTransaction result, CancellationToken cancellationToken = default)
    {
        EndIfDoubtful(eventData.Context);
        return ValueTask.FromResult(result);
    }

    public override void SaveChangesFailed(DbContextErrorEventData eventData) => End(eventData.Context!);

    public override Task SaveChangesFailedAsync(DbContextErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        End(eventData.Context!);
        return Task.CompletedTask;
    }

    public override void SaveChangesCanceled(DbContextEventData eventData) => End(eventData.Context!);

    public override Task SaveChangesCanceledAsync(DbContextEventData eventData, CancellationToken cancellationToken = default)
    {
        End(eventData.Context!);
        return Task.CompletedTask;
    }

    public void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) => Announce(eventData.Context, true);

    public Task TransactionCommittedAsync(
        DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Announce(eventData.Context, true);
        return Task.CompletedTask;
    }

    public void TransactionRolledBack(DbTransaction transaction, TransactionEndEventData eventData) => Announce(eventData.Context, false);

    public Task TransactionRolledBackAsync(
        DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Announce(eventData.Context, false);
        return Task.CompletedTask;
    }

    private void Begin(DbContext context, ModelRegistry known, Dictionary<object, PropertyValues> stored)
    {
        EndIfDoubtful(context);
        var changes = new ChangeCapture(known, models.Json, stored).Take(context, origins.Of(context));
        if (changes.IsEmpty)
            return;
        var pending = _pending.GetOrCreateValue(context);
        (pending.Save, pending.IsWritten) = (changes, false);
        pending.IsOwnTransaction = context.Database.CurrentTransaction is null
            && context.Database.GetEnlistedTransaction() is null && Transaction.Current is null;
        if (!pending.IsOwnTransaction)
            return;
        // Without this, EF Core saves a single row without a transaction, and there would be none to write the events in.
        pending.Behavior = context.Database.AutoTransactionBehavior;
        context.Database.AutoTransactionBehavior = AutoTransactionBehavior.Always;
    }

    private void Populate(DbContext context, ChangeSet changes)
    {
        foreach (var query in _populated.Of(context, changes))
            query.Keep(query.Rows.ToList(), changes);
    }

    private async Task PopulateAsync(DbContext context, ChangeSet changes, CancellationToken cancellation)
    {
        foreach (var query in _populated.Of(context, changes))
            query.Keep(await query.Rows.ToListAsync(cancellation), changes);
    }

    private PendingChanges? Due(DbContext? context, bool atCommit)
    {
        if (context is null || !_pending.TryGetValue(context, out var pending) || pending.Save is null)
            return null;
        if (pending.IsOwnTransaction == atCommit)
            return pending;
        if (!atCommit && !pending.IsWritten)
            throw new InvalidOperationException("The changes were saved outside a transaction, so their events are lost: use a relational database.");
        return null;
    }

    private IEnumerable<DbCommand> Commands(DbContext context, DbTransaction? transaction, PendingChanges pending)
    {
        var events = new EventComposer(models.Json, models.Options.RollsUpLinks).Compose(pending.Save!);
        pending.IsWritten = true;
        pending.IsUnannounced |= events.Count > 0;
        if (Transaction.Current is { } ambient && events.Count > 0)
            ambient.TransactionCompleted += (_, _) => signal.Raise();
        return OutboxWriter.Commands(context, transaction, pending.Save!, events, time.GetUtcNow());
    }

    private void End(DbContext context)
    {
        if (!_pending.TryGetValue(context, out var pending))
            return;
        (pending.Save, pending.IsDoubtful) = (null, false);
        if (pending.Behavior is { } behavior)
            context.Database.AutoTransactionBehavior = behavior;
        pending.Behavior = null;
    }

    private void Doubt(DbContext? context)
    {
        if (context is not null && _pending.TryGetValue(context, out var pending))
            pending.IsDoubtful = true;
    }

    // The save of which nothing was heard since has failed: another one begins.
    private void EndIfDoubtful(DbContext? context)
    {
        if (context is not null && _pending.TryGetValue(context, out var pending) && pending.IsDoubtful)
            End(context);
    }

    private void Announce(DbContext? context, bool isCommitted)
    {
        if (context is null || !_pending.TryGetValue(context, out var pending) || !pending.IsUnannounced)
            return;
        pending.IsUnannounced = false;
        if (isCommitted)
            signal.Raise();
    }
}
