using System.Globalization;

namespace Realtime.Web.Blueprints.Criteria;

/// <summary>
/// Turns what a caller wrote into a value of the attribute's own type, lightly (contract B-21): <c>"7"</c> is 7,
/// <c>1</c> is true, 7 is <c>"7"</c>; whatever would need a guess is refused. No culture has a say in it.
/// </summary>
internal static class ValueReader
{
    private static readonly string[] MomentFormats =
    [
        "yyyy-MM-dd",
        "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
        "yyyy-MM-dd' 'HH:mmK", "yyyy-MM-dd' 'HH:mm:ssK", "yyyy-MM-dd' 'HH:mm:ss.FFFFFFFK",
    ];

    private static readonly string[] TimeFormats = ["HH:mm", "HH:mm:ss", "HH:mm:ss.FFFFFFF"];

    private static readonly long LastMillisecond = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();
    private static readonly long FirstMillisecond = DateTimeOffset.MinValue.ToUnixTimeMilliseconds();

    /// <summary>Reads a value that is not null.</summary>
    /// <exception cref="Realtime.Actors.RealtimeException">It is none for this attribute.</exception>
    public static object Read(ModelAttribute attribute, Given given)
    {
        var value = given.Kind is GivenKind.Text or GivenKind.Number or GivenKind.Flag ? TryRead(attribute, given) : null;
        if (value is null)
            throw CriteriaCodes.Refuse($"The attribute \"{attribute.Name}\" takes {Wanted(attribute)}, not {given}.");
        return attribute.FromStored is null ? value : Converted(attribute, value);
    }

    private static object? TryRead(ModelAttribute attribute, Given given) => attribute.Kind switch
    {
        ValueKind.Text => given.Kind == GivenKind.Number && given.AsWhole() is { } whole ? whole.ToString("0", CultureInfo.InvariantCulture) : given.Text,
        ValueKind.Character => given.Text is [var only] ? only : null,
        ValueKind.Flag => Flag(given),
        ValueKind.Whole => Whole(attribute.ValueType, given),
        ValueKind.Fraction => Fraction(attribute.ValueType, given),
        ValueKind.Guid => GuidOf(given.Text),
        ValueKind.Choice => Choice(attribute.ValueType, given),
        ValueKind.Moment => Moment(given) is { } moment ? Stored(moment, attribute.StoreType) : null,
        // SQLite compares the text, offset included: what was given is what may be found. Others compare the instant.
        ValueKind.OffsetMoment => Moment(given) is { } moment ? attribute.StoreType == "TEXT" ? moment : moment.ToUniversalTime() : null,
        ValueKind.Date => DateOnly.TryParseExact(given.Text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null,
        ValueKind.Time => TimeOnly.TryParseExact(given.Text, TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null,
        // .NET takes a bare number for days, which nobody means.
        ValueKind.Duration => given.Text.Contains(':') && TimeSpan.TryParseExact(given.Text, "c", CultureInfo.InvariantCulture, out var duration)
            ? duration
            : null,
        _ => null,
    };

    private static object? Flag(Given given) => given.Text switch
    {
        "true" or "1" => true,
        "false" or "0" => false,
        _ => null,
    };

    private static object? Whole(Type type, Given given)
    {
        if (given.AsWhole() is not { } number)
            return null;
        try
        {
            return Convert.ChangeType(number, type, CultureInfo.InvariantCulture);
        }
        catch (OverflowException)
        {
            return null;        // the refusal says which numbers fit
        }
    }

    private static object? Fraction(Type type, Given given)
    {
        if (given.Kind == GivenKind.Flag)
            return null;
        if (type == typeof(decimal))
            return given.AsDecimal();
        if (!double.TryParse(given.Text, Given.Numeric, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
            return null;
        if (type == typeof(double))
            return number;
        return float.IsFinite((float)number) ? (float)number : null;
    }

    private static Guid? GuidOf(string text) =>
        Guid.TryParseExact(text, "D", out var guid) || Guid.TryParseExact(text, "N", out guid) ? guid : null;

    private static object? Choice(Type type, Given given)
    {
        if (given.Kind == GivenKind.Flag)
            return null;
        if (given.AsWhole() is { } number)
        {
            return Whole(Enum.GetUnderlyingType(type), given) is { } inRange && IsMember(type, Enum.ToObject(type, inRange))
                ? Enum.ToObject(type, inRange)
                : null;
        }
        return Enum.TryParse(type, given.Text, ignoreCase: true, out var choice) && IsMember(type, choice) ? choice : null;
    }

    private static bool IsMember(Type type, object choice) => Enum.IsDefined(type, choice) || type.IsDefined(typeof(FlagsAttribute), false);

    // Sails keeps times as milliseconds since 1970; everybody else writes ISO 8601. Without a zone it is UTC.
    private static DateTimeOffset? Moment(Given given)
    {
        if (given.Kind == GivenKind.Flag)
            return null;
        if (given.AsWhole() is { } milliseconds)
        {
            return milliseconds >= FirstMillisecond && milliseconds <= LastMillisecond
                ? DateTimeOffset.FromUnixTimeMilliseconds((long)milliseconds)
                : null;
        }
        return DateTimeOffset.TryParseExact(given.Text, MomentFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            ? moment
            : null;
    }

    // PostgreSQL's driver refuses a UTC time for a column without a zone, and any other for a column with one.
    private static DateTime Stored(DateTimeOffset moment, string storeType) =>
        storeType == "date" || (storeType.StartsWith("timestamp", StringComparison.Ordinal)
            && !storeType.StartsWith("timestamptz", StringComparison.Ordinal) && !storeType.Contains("with time zone", StringComparison.Ordinal))
            ? DateTime.SpecifyKind(moment.UtcDateTime, DateTimeKind.Unspecified)
            : moment.UtcDateTime;

    private static object Converted(ModelAttribute attribute, object value)
    {
        try
        {
            return attribute.FromStored!.ConvertFromProvider(value)
                ?? throw CriteriaCodes.Refuse($"The attribute \"{attribute.Name}\" has no such value.");
        }
        catch (Exception e) when (e is ArgumentException or FormatException or OverflowException or InvalidCastException)
        {
            throw CriteriaCodes.Refuse($"The attribute \"{attribute.Name}\" has no such value.", e);
        }
    }

    private static string Wanted(ModelAttribute attribute) => attribute.Kind switch
    {
        ValueKind.Text => "a text",
        ValueKind.Character => "one character",
        ValueKind.Flag => "true or false",
        ValueKind.Whole => $"a whole number of type {attribute.ValueType.Name}",
        ValueKind.Fraction => "a number",
        ValueKind.Guid => "a UUID",
        ValueKind.Choice => $"one of {string.Join(", ", Enum.GetNames(attribute.ValueType))}",
        ValueKind.Moment or ValueKind.OffsetMoment => "a time in ISO 8601, or in milliseconds since 1970",
        ValueKind.Date => "a date as 2024-12-31",
        ValueKind.Time => "a time of day as 23:59:59",
        ValueKind.Duration => "a duration as 1.23:59:59",
        _ => "no criteria",
    };
}
