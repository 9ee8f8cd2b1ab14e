using System.Collections.Frozen;

namespace Realtime.Actors.Names;

/// <summary>The name of an event that clients listen for: any text, case-sensitive, but for a few reserved ones.</summary>
public readonly record struct EventName
{
    /// <summary>How long a name may be, in bytes of UTF-8.</summary>
    public const int MaxBytes = 256;

    /// <summary>What an event without a name is called (contract R-30).</summary>
    public static readonly EventName Default = new("message");

    // Contract G-6; names that begin with '$' belong to the enveloped frames of this service.
    private static readonly FrozenSet<string> Reserved = FrozenSet.Create(
        "connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener");

    private readonly string? _value;

    private EventName(string value) => _value = value;

    /// <summary>The name itself.</summary>
    public string Value => _value ?? string.Empty;

    /// <summary>Checks a name that came from outside; null means <see cref="Default"/>.</summary>
    /// <exception cref="RealtimeException"><see cref="ErrorCodes.InvalidEvent"/></exception>
    public static EventName Parse(string? text)
    {
        if (text is null)
            return Default;
        if (TextRules.Problem(text, "An event name", MaxBytes) is { } problem)
            throw new RealtimeException(ErrorCodes.InvalidEvent, problem);
        if (Reserved.Contains(text) || text[0] == '$')
            throw new RealtimeException(ErrorCodes.InvalidEvent, $"The event name \"{text}\" is reserved: choose another one.");
        return new EventName(text);
    }

    /// <summary>Takes a name that was checked before.</summary>
    public static EventName Trusted(string text) => new(text);

    /// <inheritdoc/>
    public override string ToString() => Value;
}
