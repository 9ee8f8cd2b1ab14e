using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Realtime.Testing;

/// <summary>
/// Waits for what becomes true in its own time: looks again and again until a deadline, and then says what it saw last.
/// What a condition throws counts as "not yet", so it may be a request to a server that is still starting.
/// </summary>
public static class Eventually
{
    /// <summary>How long it waits where nothing else is said: far longer than anything takes, since only failures wait so long.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    /// <summary>Waits until a condition holds.</summary>
    /// <exception cref="TimeoutException">It did not within the time given.</exception>
    public static async Task TrueAsync(
        Func<Task<bool>> condition, TimeSpan? within = null, [CallerArgumentExpression(nameof(condition))] string what = "") =>
        await GetAsync(async () => await condition() ? what : null, within, what);

    /// <summary>Waits until there is something, and returns it.</summary>
    /// <exception cref="TimeoutException">There was nothing within the time given.</exception>
    public static async Task<T> GetAsync<T>(
        Func<Task<T?>> look, TimeSpan? within = null, [CallerArgumentExpression(nameof(look))] string what = "")
        where T : class
    {
        var (limit, watch, last) = (within ?? Patience, Stopwatch.StartNew(), (Exception?)null);
        do
        {
            try
            {
                if (await look() is { } found)
                    return found;
                last = null;
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                last = e;
            }
            await Task.Delay(Interval);
        }
        while (watch.Elapsed < limit);
        throw new TimeoutException($"Not within {limit.TotalSeconds:0.#} s: {what}{(last is null ? "" : $". Last: {last.Message}")}", last);
    }

    /// <summary>Waits until assertions hold; the last failure is what the test reports.</summary>
    public static async Task HoldsAsync(Func<Task> assertions, TimeSpan? within = null)
    {
        var (limit, watch) = (within ?? Patience, Stopwatch.StartNew());
        while (true)
        {
            try
            {
                await assertions();
                return;
            }
            catch (Exception) when (watch.Elapsed < limit)
            {
                await Task.Delay(Interval);
            }
        }
    }
}
