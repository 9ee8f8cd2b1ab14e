namespace Realtime.Actors.Names;

/// <summary>
/// The name of a room: any text, case-sensitive (contract G-7), of 1 to <see cref="DefaultMaxBytes"/> bytes of UTF-8
/// unless the edge is configured otherwise.
/// </summary>
public readonly record struct RoomName : IComparable<RoomName>
{
    /// <summary>How long a name may be, in bytes of UTF-8, where nothing else is configured.</summary>
    public const int DefaultMaxBytes = 256;

    private readonly string? _value;

    private RoomName(string value) => _value = value;

    /// <summary>The name itself.</summary>
    public string Value => _value ?? string.Empty;

    /// <summary>Checks a name that came from outside.</summary>
    /// <param name="text">The name.</param>
    /// <param name="maxBytes">The limit, in bytes of UTF-8.</param>
    /// <exception cref="RealtimeException"><see cref="ErrorCodes.InvalidRoom"/>: empty, too long, or malformed.</exception>
    public static RoomName Parse(string? text, int maxBytes = DefaultMaxBytes) =>
        TextRules.Problem(text, "A room name", maxBytes) is { } problem
            ? throw new RealtimeException(ErrorCodes.InvalidRoom, problem)
            : new RoomName(text!);

    /// <summary>Takes a name that was checked before: from the journal, from another node, from the shard region.</summary>
    public static RoomName Trusted(string text) => new(text);

    /// <inheritdoc/>
    public int CompareTo(RoomName other) => string.CompareOrdinal(Value, other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}
