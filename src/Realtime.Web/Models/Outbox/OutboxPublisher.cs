using Microsoft.EntityFrameworkCore;
using Realtime.Web.Models.Publishing;
using Realtime.Web.Topics;

namespace Realtime.Web.Models.Outbox;

/// <summary>
/// Publishes a batch: the events of one record, and those of one save, one after the other; the rest side by side. An
/// event that fails holds back those that must come after it, and no others.
/// </summary>
internal sealed class OutboxPublisher<TContext>(Announcer<TContext> announcer, OutboxMetrics metrics, TimeProvider time, int concurrency)
    where TContext : DbContext
{
    /// <summary>Publishes rows.</summary>
    /// <param name="known">The models of the context.</param>
    /// <param name="rows">In the order of their positions.</param>
    /// <param name="stuck">The records with an event that failed; grows.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The positions of those that are published, and the last failure if there was one.</returns>
    public async Task<(List<long> Done, Exception? Failure)> PublishAsync(
        ModelRegistry known, IReadOnlyList<OutboxRow> rows, HashSet<(string Model, string Record)> stuck, CancellationToken cancellation)
    {
        using var room = new SemaphoreSlim(concurrency);
        var (attempts, lastOf) = (new Task<Exception?>[rows.Count], new Dictionary<object, Task<Exception?>>());
        for (var i = 0; i < rows.Count; i++)
        {
            var (record, save) = ((rows[i].Model, rows[i].Record), rows[i].Save);
            attempts[i] = AttemptAsync(
                known, rows[i], stuck.Contains(record), lastOf.GetValueOrDefault(record), lastOf.GetValueOrDefault(save), room, cancellation);
            lastOf[record] = lastOf[save] = attempts[i];
        }
        var failures = await Task.WhenAll(attempts);
        var (done, failure) = (new List<long>(rows.Count), (Exception?)null);
        for (var i = 0; i < rows.Count; i++)
        {
            if (failures[i] is null)
                done.Add(rows[i].Id);
            else
                stuck.Add((rows[i].Model, rows[i].Record));
            failure ??= failures[i];
        }
        cancellation.ThrowIfCancellationRequested();
        return (done, failure);
    }

    private async Task<Exception?> AttemptAsync(
        ModelRegistry known, OutboxRow row, bool isStuck, Task<Exception?>? sameRecord, Task<Exception?>? sameSave, SemaphoreSlim room,
        CancellationToken cancellation)
    {
        if (isStuck)
            return HeldBack.Instance;
        if (sameRecord is not null && await sameRecord is not null)
            return HeldBack.Instance;
        if (sameSave is not null && await sameSave is not null)
            return HeldBack.Instance;
        await room.WaitAsync(CancellationToken.None);
        try
        {
            await announcer.PublishAsync(known, EventOf(row), cancellation);
            metrics.Published(time.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(row.WrittenAt));
            return null;
        }
        catch (Exception failure)       // whatever it is, the event stays in the outbox; the dispatcher logs and waits
        {
            metrics.Failed();
            return failure;
        }
        finally
        {
            room.Release();
        }
    }

    private static TopicEvent EventOf(OutboxRow row) => new(
        ModelName.Trusted(row.Model), (Verb)row.Verb, RecordId.Trusted(row.Record), row.Envelope,
        row.Omit is null ? null : SocketId.Trusted(row.Omit), $"{row.Save}-{row.Ordinal}");

    /// <summary>Not published because an event before it was not.</summary>
    private sealed class HeldBack : Exception
    {
        public static readonly HeldBack Instance = new();
    }
}
