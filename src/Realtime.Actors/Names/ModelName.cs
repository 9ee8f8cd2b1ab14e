namespace Realtime.Actors.Names;

/// <summary>
/// The identity of a model: its name in lower case, <c>UserComment</c> becoming <c>usercomment</c> (contract G-3). It is
/// the event name of every notification about the model and the base of its routes.
/// </summary>
public readonly record struct ModelName : IComparable<ModelName>
{
    /// <summary>How long a name may be, in characters.</summary>
    public const int MaxLength = 64;

    private readonly string? _value;

    private ModelName(string value) => _value = value;

    /// <summary>The identity itself.</summary>
    public string Value => _value ?? string.Empty;

    /// <summary>Checks and lower-cases a name that came from outside.</summary>
    /// <exception cref="RealtimeException"><see cref="ErrorCodes.InvalidModel"/></exception>
    public static ModelName Parse(string? text)
    {
        if (text is not { Length: > 0 and <= MaxLength } || !char.IsAsciiLetter(text[0]) || !text.All(IsAllowed))
        {
            throw new RealtimeException(ErrorCodes.InvalidModel,
                $"A model name begins with a letter and has letters, digits, '_' and '-' only, {MaxLength} at most.");
        }
        return new ModelName(text.ToLowerInvariant());
    }

    /// <summary>Takes an identity that was checked before.</summary>
    public static ModelName Trusted(string text) => new(text);

    /// <inheritdoc/>
    public int CompareTo(ModelName other) => string.CompareOrdinal(Value, other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value;

    private static bool IsAllowed(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '-';
}
