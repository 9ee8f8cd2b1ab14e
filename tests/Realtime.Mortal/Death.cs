using System.Globalization;

namespace Realtime.Mortal;

/// <summary>Where the life of an application is to end: it goes no further, until somebody kills its process.</summary>
/// <param name="place"><c>commit</c>, <c>before</c> an event arrives at its topic, <c>after</c> it did, or <c>never</c>.</param>
/// <param name="turn">At which commit or event of this life, from 1.</param>
internal sealed class Death(string place, int turn)
{
    private readonly TaskCompletionSource _isThere = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _passed;

    /// <summary>Whether it has one.</summary>
    public bool Comes => place != "never";

    /// <summary>Done when it has come to its place.</summary>
    public Task IsThere => _isThere.Task;

    /// <summary>Reads <c>before:3</c>.</summary>
    public static Death Parse(string text) =>
        text.Split(':') is [var place, var turn] ? new Death(place, int.Parse(turn, CultureInfo.InvariantCulture)) : new Death(text, 0);

    public Task PassAsync(string here)
    {
        if (here != place || Interlocked.Increment(ref _passed) < turn)
            return Task.CompletedTask;
        _isThere.TrySetResult();
        return Task.Delay(Timeout.Infinite);
    }
}
