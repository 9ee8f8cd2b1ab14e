using System.Text.Json;
using Realtime.Testing;
using Realtime.Web.Models.Definitions;
using Realtime.Web.Models.Definitions.Reading;

namespace Realtime.Web.Tests.Models.Definitions;

/// <summary>docs/model.schema.json, which editors complete definitions from, knows what the service knows.</summary>
public sealed class SchemaFileSpec
{
    private static readonly JsonElement Schema = JsonElement.Parse(File.ReadAllText(Path.Combine(Repository.Root, "docs", "model.schema.json")));

    [Fact]
    public void It_has_the_fields_of_a_definition() => Same(DefinitionReader.Names, Schema.GetProperty("properties"));

    [Fact]
    public void It_has_the_fields_of_policies_and_who_they_are_for()
    {
        var policies = Schema.GetProperty("properties").GetProperty("policies").GetProperty("properties");
        Same(AccessReader.Names, policies);
        foreach (var field in policies.EnumerateObject().Where(field => field.Name != "owner"))
            Assert.Equal(AccessReader.Who.Keys.Order(), Texts(field.Value.GetProperty("enum")));
    }

    [Fact]
    public void It_has_the_fields_and_the_rules_of_attributes() => Same(AttributeReader.Names, Properties("value"));

    [Fact]
    public void It_has_the_types() => Assert.Equal(DefinedTypes.ByName.Keys.Order(), Texts(Properties("value").GetProperty("type").GetProperty("enum")));

    [Fact]
    public void It_has_the_fields_of_associations()
    {
        Same(AssociationReader.SingularNames, Properties("singular"));
        Same(AssociationReader.PluralNames, Properties("plural"));
    }

    [Fact]
    public void It_has_the_ways_to_migrate() => Assert.Equal(
        Enum.GetNames<Migrate>().Select(name => name.ToLowerInvariant()).Order(), Texts(Schema.GetProperty("properties").GetProperty("migrate").GetProperty("enum")));

    [Fact]
    public void It_has_the_methods_of_routes() => Assert.Contains(
        $"({string.Join('|', RoutesReader.Methods)})",
        Schema.GetProperty("properties").GetProperty("routes").GetProperty("propertyNames").GetProperty("pattern").GetString(), StringComparison.Ordinal);

    private static JsonElement Properties(string definition) => Schema.GetProperty("$defs").GetProperty(definition).GetProperty("properties");

    private static IEnumerable<string> Texts(JsonElement list) => list.EnumerateArray().Select(item => item.GetString()!).Order();

    private static void Same(IEnumerable<string> names, JsonElement properties) =>
        Assert.Equal(names.Order(), properties.EnumerateObject().Select(field => field.Name).Order());
}
