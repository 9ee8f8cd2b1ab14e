using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Realtime.Web.Models.Definitions.Rules;

/// <summary>The rules for texts.</summary>
internal static partial class TextRules
{
    private static readonly DefinedType[] Text = [DefinedType.String];
    private static readonly EmailAddressAttribute Email = new();
    private static readonly CreditCardAttribute CreditCard = new();

    public static IReadOnlyList<Rule> All { get; } =
    [
        Rule.Flag("isEmail", Text, value => Email.IsValid(value) && !((string)value).Contains(' '), "must be an email address"),
        Rule.Flag("isURL", Text, value => IsUrl((string)value), "must be a URL such as https://example.com"),
        Rule.Flag("isUUID", Text, value => Guid.TryParseExact((string)value, "D", out _), "must be a UUID"),
        Rule.Flag("isIP", Text, value => IPAddress.TryParse((string)value, out _), "must be an IP address"),
        Rule.Flag("isHexColor", Text, value => HexColor().IsMatch((string)value), "must be a colour such as #3af or #33aaff"),
        Rule.Flag("isCreditCard", Text, CreditCard.IsValid, "must be a credit card number"),
        Rule.Flag("isNotEmptyString", Text, value => ((string)value).Length > 0, "must not be empty"),
        new("minLength", Text, false, argument =>
        {
            var least = Length(argument);
            return value => ((string)value).Length >= least ? null : $"must have {least} characters or more";
        }),
        new("maxLength", Text, false, argument =>
        {
            var most = Length(argument);
            return value => ((string)value).Length <= most ? null : $"must have {most} characters or fewer";
        }),
        new("regex", Text, false, argument =>
        {
            var pattern = Pattern(argument);
            return value => pattern.IsMatch((string)value) ? null : $"must match {pattern}";
        }),
    ];

    private static bool IsUrl(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" or "ftp" && url.Host.Length > 0 && !text.Contains(' ');

    private static int Length(JsonElement argument) => argument.ValueKind == JsonValueKind.Number && argument.TryGetInt32(out var length) && length >= 0
        ? length
        : throw new RuleArgumentException("a whole number of characters");

    // Without backtracking, so that no text of a client can keep a processor busy.
    private static Regex Pattern(JsonElement argument)
    {
        const string wanted = "a regular expression as a text, such as \"^[a-z]+$\", without look-around and back-references";
        if (argument.ValueKind != JsonValueKind.String)
            throw new RuleArgumentException(wanted);
        try
        {
            return new Regex(argument.GetString()!, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception wrong) when (wrong is ArgumentException or NotSupportedException)
        {
            throw new RuleArgumentException($"{wanted} ({wrong.Message})");
        }
    }

    [GeneratedRegex("^#?([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$")]
    private static partial Regex HexColor();
}
