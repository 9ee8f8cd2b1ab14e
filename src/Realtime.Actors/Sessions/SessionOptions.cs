namespace Realtime.Actors.Sessions;

/// <summary>How sessions behave.</summary>
public sealed record SessionOptions
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(20);

    /// <summary>How long a session outlives its connection. Default one minute; the same as the feeds' window.</summary>
    public TimeSpan ResumeWindow { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a session waits for a feed before it asks again. Default two seconds.</summary>
    public TimeSpan AskAgainAfter { get; init; } = LongestWait;

    /// <summary>How often it asks before it tells the caller that the feed is not available. Default 3.</summary>
    public int Attempts { get; init; } = 3;

    /// <summary>
    /// The same options for feeds that have so long to answer: the session gives up when that is over, but before who asked it
    /// does, who waits twice as long. It asks again at the default's pace, or, where feeds have less than 5 seconds, faster.
    /// </summary>
    /// <param name="answerWithin">How long a feed may take to answer.</param>
    public SessionOptions Within(TimeSpan answerWithin)
    {
        // It gives up between Attempts and Attempts + 1 times this.
        var askAgainAfter = TimeSpan.FromTicks(Math.Clamp((long)(answerWithin.Ticks * 0.4), ShortestWait.Ticks, LongestWait.Ticks));
        return this with { AskAgainAfter = askAgainAfter, Attempts = (int)Math.Clamp(Math.Ceiling(answerWithin / askAgainAfter), 3, int.MaxValue) };
    }

    /// <summary>What may wait for a slow connection, in bytes. Default 1 MiB.</summary>
    public long MaxQueuedBytes { get; init; } = 1024 * 1024;

    /// <summary>What may wait for a slow connection, in frames. Default 4096.</summary>
    public int MaxQueuedFrames { get; init; } = 4096;

    /// <summary>What happens to a connection that is over one of the two bounds.</summary>
    public SlowConsumerPolicy SlowConsumer { get; init; } = SlowConsumerPolicy.Disconnect;
}

/// <summary>What happens to a client that does not read as fast as it is written to.</summary>
public enum SlowConsumerPolicy
{
    /// <summary>It is disconnected, and can come back and recover from history. Nothing is lost silently.</summary>
    Disconnect,

    /// <summary>What has waited longest is dropped.</summary>
    DropOldest,

    /// <summary>What comes is dropped.</summary>
    DropNewest,
}
