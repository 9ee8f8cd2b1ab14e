namespace Realtime.Actors.Persistence;

/// <summary>
/// Answers many questions of one kind with few queries: what is asked while a query is under way shares the next one. One
/// that nobody else asks beside is asked at once.
/// </summary>
/// <typeparam name="TKey">What is asked for.</typeparam>
/// <typeparam name="T">What is found for it.</typeparam>
/// <param name="query">Finds all keys of a batch that there are; it runs on a thread of the pool.</param>
internal sealed class BatchedQuery<TKey, T>(Func<TKey[], Task<IReadOnlyDictionary<TKey, T>>> query)
    where TKey : notnull
{
    private const int Most = 1000;

    private readonly Lock _gate = new();
    private List<(TKey Key, TaskCompletionSource<T?> Found)> _waiting = [];
    private bool _running;

    /// <summary>Finds one; the default of its type when there is none.</summary>
    public Task<T?> FindAsync(TKey key)
    {
        var found = new TaskCompletionSource<T?>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _waiting.Add((key, found));
            if (_running)
                return found.Task;
            _running = true;
        }
        _ = Task.Run(AnswerAllAsync);
        return found.Task;
    }

    private async Task AnswerAllAsync()
    {
        while (true)
        {
            // Behind whatever has arrived at this node: others are probably about to ask too.
            await Task.Yield();
            List<(TKey Key, TaskCompletionSource<T?> Found)> batch;
            lock (_gate)
            {
                if (_waiting.Count == 0)
                {
                    _running = false;
                    return;
                }
                (batch, _waiting) = _waiting.Count <= Most ? (_waiting, []) : (_waiting[..Most], _waiting[Most..]);
            }
            await AnswerAsync(batch).ConfigureAwait(false);
        }
    }

    private async Task AnswerAsync(List<(TKey Key, TaskCompletionSource<T?> Found)> batch)
    {
        try
        {
            var there = await query([.. batch.Select(asked => asked.Key)]).ConfigureAwait(false);
            foreach (var (key, found) in batch)
                found.SetResult(there.GetValueOrDefault(key));
        }
        catch (Exception fault)
        {
            // Each of them fails as its own query would have: its feed does not start, and whoever waits for it is told to retry.
            foreach (var (_, found) in batch)
                found.SetException(fault);
        }
    }
}
