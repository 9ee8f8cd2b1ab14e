namespace Realtime.Actors.Delivery;

/// <summary>How much of what it said a feed keeps for members that come back. Whichever bound is met first counts.</summary>
public sealed record HistoryOptions
{
    /// <summary>Messages kept. Default 256; 0 keeps none, so that nobody can recover.</summary>
    public int MaxMessages { get; init; } = 256;

    /// <summary>Bytes kept, data and overhead. Default 1 MiB.</summary>
    public long MaxBytes { get; init; } = 1024 * 1024;

    /// <summary>How long a message is kept. Default five minutes, which is well above the resume window.</summary>
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromMinutes(5);
}
