using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Realtime.Web.Models.Outbox;

/// <summary>
/// Reads and empties the outbox of a database. On PostgreSQL one node of the cluster has the word at a time: each batch
/// takes an advisory lock that ends with its transaction, so a node that dies, or a pooled connection, holds up nobody.
/// </summary>
internal static class OutboxStore
{
    /// <summary>Reads the events behind a position, in order, hands them over, and deletes what was published.</summary>
    /// <param name="context">The database.</param>
    /// <param name="after">The position to read from.</param>
    /// <param name="count">How many at most.</param>
    /// <param name="publish">Publishes them and returns the positions of those that are done.</param>
    /// <param name="cancellation">Ends it; what was published meanwhile is published again by the next reader.</param>
    /// <returns>What was read, or null while another node is at work.</returns>
    public static Task<List<OutboxRow>?> TakeAsync(
        DbContext context, long after, int count, Func<List<OutboxRow>, Task<List<long>>> publish, CancellationToken cancellation) =>
        context.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            if (!context.Database.IsNpgsql())
                return await TakeAlone();
            await using var turn = await context.Database.BeginTransactionAsync(cancellation);
            if (!await TryLockAsync(context, cancellation))
                return null;
            var rows = await TakeAlone();
            await turn.CommitAsync(cancellation);
            return rows;

            async Task<List<OutboxRow>?> TakeAlone()
            {
                var rows = await context.Set<OutboxRow>().AsNoTracking().Where(row => row.Id > after)
                    .OrderBy(row => row.Id).Take(count).ToListAsync(cancellation);
                if (rows.Count == 0)
                    return rows;
                var done = await publish(rows);
                if (done.Count > 0)
                    await context.Set<OutboxRow>().Where(row => done.Contains(row.Id)).ExecuteDeleteAsync(cancellation);
                return rows;
            }
        });

    /// <summary>How many events wait.</summary>
    public static Task<long> CountAsync(DbContext context, CancellationToken cancellation) =>
        context.Set<OutboxRow>().LongCountAsync(cancellation);

    private static async Task<bool> TryLockAsync(DbContext context, CancellationToken cancellation)
    {
        var table = context.Model.FindEntityType(typeof(OutboxRow))!.GetSchemaQualifiedTableName()!;
        var locked = await context.Database.SqlQuery<bool>($"SELECT pg_try_advisory_xact_lock(hashtextextended({table}, 20260)) AS \"Value\"")
            .ToListAsync(cancellation);
        return locked[0];
    }
}
