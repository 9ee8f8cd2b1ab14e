using System.Globalization;
using System.Text.Json;

namespace Realtime.Web.Models.Definitions.Rules;

/// <summary>The rules for numbers, times, and values of several types.</summary>
internal static class ValueRules
{
    private static readonly DefinedType[] Numbers = [DefinedType.Number, DefinedType.Integer];
    private static readonly DefinedType[] Times = [DefinedType.DateTime, DefinedType.Date];
    private static readonly DefinedType[] Listed = [DefinedType.String, DefinedType.Number, DefinedType.Integer];

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("min", Numbers, false, argument =>
        {
            var least = Number(argument);
            return value => Number(value) >= least ? null : $"must be {least.ToString(CultureInfo.InvariantCulture)} or more";
        }),
        new("max", Numbers, false, argument =>
        {
            var most = Number(argument);
            return value => Number(value) <= most ? null : $"must be {most.ToString(CultureInfo.InvariantCulture)} or less";
        }),
        Rule.Flag("isInteger", Numbers, value => double.IsInteger(Number(value)), "must be a whole number"),
        new("isIn", Listed, false, argument =>
        {
            var (values, names) = List(argument);
            return value => values.Contains(Listing(value)) ? null : $"must be one of {names}";
        }),
        new("isNotIn", Listed, false, argument =>
        {
            var (values, names) = List(argument);
            return value => values.Contains(Listing(value)) ? $"must not be one of {names}" : null;
        }),
        new("isAfter", Times, false, argument =>
        {
            var limit = Time(argument);
            return value => Time(value) > limit ? null : $"must be after {argument.GetString()}";
        }),
        new("isBefore", Times, false, argument =>
        {
            var limit = Time(argument);
            return value => Time(value) < limit ? null : $"must be before {argument.GetString()}";
        }),
    ];

    private static double Number(object value) => Convert.ToDouble(value, CultureInfo.InvariantCulture);

    private static double Number(JsonElement argument) => argument.ValueKind == JsonValueKind.Number && argument.TryGetDouble(out var number) && double.IsFinite(number)
        ? number
        : throw new RuleArgumentException("a number");

    // A number and a text are never the same, whatever they look like.
    private static object Listing(object value) => value is string ? value : Number(value);

    private static (HashSet<object> Values, string Names) List(JsonElement argument)
    {
        if (argument.ValueKind != JsonValueKind.Array || argument.GetArrayLength() == 0
            || argument.EnumerateArray().Any(item => item.ValueKind is not (JsonValueKind.String or JsonValueKind.Number)))
        {
            throw new RuleArgumentException("a list of texts or numbers, such as [\"cat\", \"dog\"]");
        }
        var values = argument.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.String ? (object)item.GetString()! : item.GetDouble());
        return ([.. values], string.Join(", ", argument.EnumerateArray()));
    }

    private static DateTime Time(object value) => value is DateOnly date ? date.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc) : (DateTime)value;

    private static DateTime Time(JsonElement argument) => argument.ValueKind == JsonValueKind.String
        && DateTime.TryParse(argument.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw new RuleArgumentException("a time in ISO 8601, such as \"2024-12-31T23:59:59Z\"");
}
