namespace Realtime.Client;

/// <summary>How long to wait between attempts to connect (contract C-3).</summary>
public sealed record BackoffOptions
{
    // 2^30 times the shortest wait is longer than any longest one; more would overflow.
    private const int MostDoublings = 30;

    /// <summary>Before the first attempt to come back; doubled for each further one. Default one second.</summary>
    public TimeSpan Shortest { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait, before it is varied. Default five seconds.</summary>
    public TimeSpan Longest { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// By which part of itself, 0 to 1, a wait is made longer or shorter at random, so that clients do not come back all at once.
    /// Default 0.5.
    /// </summary>
    public double Jitter { get; init; } = 0.5;

    /// <summary>The wait before an attempt.</summary>
    /// <param name="attempt">Counts from 1.</param>
    /// <param name="random">From 0 to 1.</param>
    public TimeSpan WaitBefore(int attempt, double random)
    {
        var doubled = Shortest * Math.Pow(2, Math.Clamp(attempt - 1, 0, MostDoublings));
        return (doubled < Longest ? doubled : Longest) * (1 + (Jitter * ((2 * random) - 1)));
    }

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Shortest, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(Longest, Shortest);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Longest, TimeSpan.FromDays(1));
        if (Jitter is not (>= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(Jitter), Jitter, "It must be from 0 to 1.");
    }
}
