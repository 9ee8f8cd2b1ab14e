using System.Collections;
using System.Reflection;
using Realtime.Testing;

namespace Realtime.Web.Tests.Docs;

/// <summary>docs/configuration.md has every setting.</summary>
public sealed class ConfigurationSpec
{
    private static readonly string Text = File.ReadAllText(Path.Combine(Repository.Root, "docs", "configuration.md"));

    [Theory, MemberData(nameof(Settings))]
    public void Every_setting_is_documented(string setting) => Assert.Contains(setting, Text, StringComparison.Ordinal);

    public static TheoryData<string> Settings() => [.. Names(typeof(RealtimeOptions)).Distinct()];

    private static IEnumerable<string> Names(Type section) => section.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .SelectMany(property => IsSection(property.PropertyType) ? Names(property.PropertyType) : [property.Name]);

    private static bool IsSection(Type type) =>
        type.IsClass && type.Assembly == typeof(RealtimeOptions).Assembly && !typeof(IEnumerable).IsAssignableFrom(type);
}
