namespace Realtime.Actors.Sessions;

/// <summary>How sessions behave.</summary>
public sealed record SessionOptions
{
    /// <summary>How long a session outlives its connection. Default one minute; the same as the feeds' window.</summary>
    public TimeSpan ResumeWindow { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a session waits for a feed before it asks again. Default two seconds.</summary>
    public TimeSpan AskAgainAfter { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How often it asks before it tells the caller that the feed is not available. Default 3.</summary>
    public int Attempts { get; init; } = 3;

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
