using System.Text.Json;

namespace Realtime.Web.Models.Definitions.Reading;

/// <summary>Reads the definition of one model.</summary>
internal static class DefinitionReader
{
    /// <summary>The fields of a definition.</summary>
    public static IReadOnlyCollection<string> Names { get; } = ["$schema", "description", "tableName", "migrate", "populateCreated", "policies", "routes", "attributes"];

    // Parameters of the blueprints: an attribute of such a name could not be asked for (contract B-10).
    private static readonly string[] Reserved = ["where", "limit", "skip", "sort", "populate", "select", "omit"];

    private static readonly JsonDocumentOptions Lenient = new()
    {
        AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, AllowDuplicateProperties = false,
    };

    private static readonly IReadOnlyDictionary<string, Migrate> Migrations =
        Enum.GetValues<Migrate>().ToDictionary(migrate => migrate.ToString().ToLowerInvariant(), StringComparer.Ordinal);

    /// <summary>Reads a definition; null where it is too wrong to go on with.</summary>
    /// <param name="name">The identity.</param>
    /// <param name="file">The path of the file, for people.</param>
    /// <param name="text">What is in it.</param>
    /// <param name="problems">Takes what is wrong.</param>
    public static ModelDefinition? Read(ModelName name, string file, string text, Problems problems)
    {
        try
        {
            using var document = JsonDocument.Parse(text, Lenient);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                return Read(name, file, new Fields(document.RootElement, file, null, problems), problems);
            problems.Add(file, null, "it must hold one JSON object, with \"attributes\".");
        }
        catch (JsonException wrong)
        {
            problems.Add(file, null, $"it is no JSON: {wrong.Message}");
        }
        return null;
    }

    private static ModelDefinition? Read(ModelName name, string file, Fields fields, Problems problems)
    {
        fields.AllowOnly(Names);
        if (fields.Object("attributes") is not { } given)
        {
            if (!fields.Has("attributes"))
                fields.Refuse("it has no \"attributes\": add {\"attributes\": {\"name\": {\"type\": \"string\"}}}.");
            return null;
        }
        var (attributes, associations) = (new List<AttributeDefinition>(), new List<AssociationDefinition>());
        foreach (var field in given.Each())
        {
            if (!IsName(field.Name))
            {
                problems.Add(file, field.Name, "a name begins with a letter and has letters, digits and '_' only, 63 at most, and is none of "
                    + $"{string.Join(", ", Reserved)}: rename it.");
            }
            else if (AsObject(field.Value) is not { } json)
            {
                problems.Add(file, field.Name, $"it is {field.Value.GetRawText()}: it must be an object, or the name of a type.");
            }
            else
            {
                Add(field.Name, json, new Fields(json, file, field.Name, problems));
            }
        }
        if (!attributes.Exists(attribute => attribute.IsKey))
            attributes.Add(new AttributeDefinition(ModelDefinition.Key, DefinedType.Integer) { Column = ModelDefinition.Key });
        CheckColumns(file, attributes, associations, problems);
        return new ModelDefinition(name, file)
        {
            Table = fields.Text("tableName") ?? name.Value,
            Migrate = fields.Choice("migrate", Migrations),
            PopulatesCreated = fields.Has("populateCreated") ? fields.Flag("populateCreated") : null,
            Access = AccessReader.Read(fields.Object("policies")),
            Routes = RoutesReader.Read(fields.Object("routes")),
            Attributes = [.. attributes.OrderBy(attribute => !attribute.IsKey)],
            Associations = associations,
        };

        void Add(string attribute, JsonElement json, Fields inner)
        {
            var isAssociation = json.TryGetProperty("model", out _) || json.TryGetProperty("collection", out _);
            if (isAssociation && attribute == ModelDefinition.Key)
                inner.Refuse("the primary key cannot be an association: give it a \"type\".");
            else if (isAssociation && AssociationReader.Read(attribute, inner) is { } association)
                associations.Add(association);
            else if (!isAssociation && AttributeReader.Read(attribute, inner) is { } value)
                attributes.Add(value);
        }
    }

    private static void CheckColumns(string file, List<AttributeDefinition> attributes, List<AssociationDefinition> associations, Problems problems)
    {
        var columns = attributes.Select(attribute => (attribute.Name, attribute.Column))
            .Concat(associations.Where(association => !association.IsPlural).Select(association => (association.Name, association.Column)));
        foreach (var same in columns.GroupBy(pair => pair.Column, StringComparer.OrdinalIgnoreCase).Where(same => same.Count() > 1))
            problems.Add(file, same.Last().Name, $"another attribute has the column \"{same.Last().Column}\" already: set \"columnName\".");
    }

    // "name": "string" is short for "name": {"type": "string"}, as in Sails.
    private static JsonElement? AsObject(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => json,
        JsonValueKind.String => JsonSerializer.SerializeToElement(new { type = json.GetString() }),
        _ => null,
    };

    private static bool IsName(string text) => text.Length is > 0 and < 64 && char.IsAsciiLetter(text[0])
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') && !Reserved.Contains(text);
}
