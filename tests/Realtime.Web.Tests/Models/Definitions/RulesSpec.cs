using System.Text.Json;
using Realtime.Web.Models.Definitions;
using Realtime.Web.Models.Definitions.Rules;
using Realtime.Web.Models.Definitions.Types;

namespace Realtime.Web.Tests.Models.Definitions;

/// <summary>Each rule by values that comply and values that do not.</summary>
public sealed class RulesSpec
{
    [Theory]
    [InlineData("isEmail", "true", "\"ann@example.com\"", "\"ann\"")]
    [InlineData("isEmail", "true", "\"a.b+c@d.org\"", "\"a b@c.de\"")]
    [InlineData("isURL", "true", "\"https://example.com/a?b=c\"", "\"javascript:alert(1)\"")]
    [InlineData("isURL", "true", "\"http://127.0.0.1:80\"", "\"example\"")]
    [InlineData("isUUID", "true", "\"123e4567-e89b-12d3-a456-426614174000\"", "\"123e4567\"")]
    [InlineData("isIP", "true", "\"::1\"", "\"1.2.3.400\"")]
    [InlineData("isHexColor", "true", "\"#3af\"", "\"#3afg\"")]
    [InlineData("isCreditCard", "true", "\"4111111111111111\"", "\"4111111111111112\"")]
    [InlineData("isNotEmptyString", "true", "\"x\"", "\"\"")]
    [InlineData("minLength", "3", "\"abc\"", "\"ab\"")]
    [InlineData("maxLength", "3", "\"abc\"", "\"abcd\"")]
    [InlineData("regex", "\"^[a-z]+$\"", "\"abc\"", "\"aBc\"")]
    [InlineData("isIn", "[\"cat\",\"dog\"]", "\"dog\"", "\"Dog\"")]
    [InlineData("isNotIn", "[\"cat\",\"1\"]", "\"dog\"", "\"cat\"")]
    [InlineData("min", "-1.5", "-1.5", "-1.6")]
    [InlineData("max", "10", "10", "10.5")]
    [InlineData("isInteger", "true", "3", "3.5")]
    [InlineData("isIn", "[1,2.5]", "2.5", "2")]
    [InlineData("isNotIn", "[1,2]", "3", "2")]
    [InlineData("isAfter", "\"2020-01-01T00:00:00Z\"", "\"2020-01-01T00:00:01Z\"", "\"2020-01-01T00:00:00Z\"")]
    [InlineData("isBefore", "\"2020-01-01\"", "\"2019-12-31T23:59:59Z\"", "\"2020-01-01T00:00:00Z\"")]
    public void A_rule_knows_what_complies(string name, string argument, string good, string bad)
    {
        var rule = Rule.All[name];
        var check = rule.Prepare(JsonElement.Parse(argument));
        var type = good[0] != '"' ? DefinedType.Number : rule.Types[0];
        Assert.Null(check(DefinedRecord.Read(type.ClrType(), good)!));
        Assert.NotNull(check(DefinedRecord.Read(type.ClrType(), bad)!));
    }

    [Fact]
    public void Every_rule_is_tried() => Assert.Equal(
        Rule.All.Keys.Order(StringComparer.Ordinal),
        typeof(RulesSpec).GetMethod(nameof(A_rule_knows_what_complies))!.GetCustomAttributesData()
            .Where(data => data.AttributeType == typeof(InlineDataAttribute))
            .Select(data => (string)((IReadOnlyList<System.Reflection.CustomAttributeTypedArgument>)data.ConstructorArguments[0].Value!)[0].Value!)
            .Distinct().Order(StringComparer.Ordinal));

    /// <summary>A text of a client must not keep a processor busy.</summary>
    [Fact]
    public void A_pattern_that_would_backtrack_for_ever_does_not()
    {
        var check = Rule.All["regex"].Prepare(JsonElement.Parse("\"^(a+)+$\""));
        Assert.NotNull(check(new string('a', 50_000) + "!"));
    }
}
