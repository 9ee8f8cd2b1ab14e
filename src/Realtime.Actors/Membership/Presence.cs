namespace Realtime.Actors.Membership;

/// <summary>What the members of a room know of one of them.</summary>
/// <param name="User">Who it is, as the service knows it; null for an anonymous client.</param>
/// <param name="Data">What it tells about itself, as UTF-8 JSON; empty when it tells nothing.</param>
public sealed record Presence(string? User, ReadOnlyMemory<byte> Data)
{
    /// <summary>Whether it tells just this.</summary>
    public bool Tells(ReadOnlyMemory<byte> data) => Data.Span.SequenceEqual(data.Span);
}
