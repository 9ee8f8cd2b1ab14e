using Realtime.Actors.Persistence;

namespace Realtime.Actors.Tests.Persistence;

public sealed class BatchedQuerySpec
{
    private readonly List<string[]> _queries = [];
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly BatchedQuery<string, long> _lookup;

    public BatchedQuerySpec() => _lookup = new(async keys =>
    {
        lock (_queries)
            _queries.Add(keys);
        _begun.TrySetResult();
        if (keys is ["first"])
            await _first.Task;
        if (keys.Contains("bad"))
            throw new InvalidOperationException("The database is away.");
        return keys.Where(key => key != "nobody").ToDictionary(key => key, key => (long)key.Length);
    });

    [Fact]
    public async Task What_is_asked_during_a_query_shares_the_next_one()
    {
        var first = _lookup.FindAsync("first");
        await _begun.Task;
        var others = Enumerable.Range(0, 2500).Select(i => _lookup.FindAsync($"key {i}")).ToArray();
        _first.SetResult();
        Assert.Equal(5, await first);
        await Task.WhenAll(others);
        Assert.Equal([1, 1000, 1000, 500], _queries.Select(query => query.Length));
        Assert.Equal(7, await _lookup.FindAsync("not yet"));
    }

    [Fact]
    public async Task Nothing_is_found_for_what_is_not_there()
    {
        _first.SetResult();
        Assert.Equal(0, await _lookup.FindAsync("nobody"));
    }

    [Fact]
    public async Task A_query_that_fails_fails_for_those_who_shared_it_and_for_no_others()
    {
        var first = _lookup.FindAsync("first");
        await _begun.Task;
        var (bad, beside) = (_lookup.FindAsync("bad"), _lookup.FindAsync("beside"));
        _first.SetResult();
        await first;
        await Assert.ThrowsAsync<InvalidOperationException>(() => bad);
        await Assert.ThrowsAsync<InvalidOperationException>(() => beside);
        Assert.Equal(5, await _lookup.FindAsync("later"));
    }
}
