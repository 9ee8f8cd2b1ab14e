using System.Globalization;

namespace Realtime.Actors.Names;

/// <summary>
/// The primary key of a record, as text: <c>7</c>, <c>0</c> (which Sails could not address, contract P-2), a Guid, a
/// composite key as its model writes it. Any suffix makes a private side room of the record: <c>13-admins</c>.
/// </summary>
public readonly record struct RecordId : IComparable<RecordId>
{
    /// <summary>How long an id may be, in bytes of UTF-8.</summary>
    public const int MaxBytes = 256;

    private readonly string? _value;

    private RecordId(string value) => _value = value;

    /// <summary>The id itself.</summary>
    public string Value => _value ?? string.Empty;

    /// <summary>Checks an id that came from outside.</summary>
    /// <exception cref="RealtimeException"><see cref="ErrorCodes.InvalidRecord"/></exception>
    public static RecordId Parse(string? text) => TextRules.Problem(text, "A record id", MaxBytes) is { } problem
        ? throw new RealtimeException(ErrorCodes.InvalidRecord, problem)
        : new RecordId(text!);

    /// <summary>The id of a record with a number for a primary key.</summary>
    public static RecordId Of(long id) => new(id.ToString(CultureInfo.InvariantCulture));

    /// <summary>Takes an id that was checked before.</summary>
    public static RecordId Trusted(string text) => new(text);

    /// <inheritdoc/>
    public int CompareTo(RecordId other) => string.CompareOrdinal(Value, other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}
