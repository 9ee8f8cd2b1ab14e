namespace Realtime.Actors.Delivery;

/// <summary>
/// A place in what a feed has said. Within an epoch, numbers grow by one for each message. A new epoch begins when a feed
/// had to forget its numbers (its node died); epochs grow with time, so the later of two is the newer one.
/// </summary>
/// <param name="Epoch">At most 2^53 - 1, so that JavaScript can hold it.</param>
/// <param name="Seq">The number of the last message, 0 before the first.</param>
public readonly record struct Position(long Epoch, long Seq)
{
    // 41 bits of milliseconds reach to the year 2094 from this day, 12 bits keep two epochs of one millisecond apart.
    private static readonly DateTimeOffset Origin = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The beginning of a new epoch.</summary>
    public static Position Start(DateTimeOffset now) =>
        new(((long)(now - Origin).TotalMilliseconds << 12) | (uint)Random.Shared.Next(1 << 12), 0);

    /// <summary>The position of the next message.</summary>
    public Position Next() => this with { Seq = Seq + 1 };

    /// <inheritdoc/>
    public override string ToString() => $"{Epoch}/{Seq}";
}
