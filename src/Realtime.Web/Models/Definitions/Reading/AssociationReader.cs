namespace Realtime.Web.Models.Definitions.Reading;

/// <summary>Reads attributes that lead to records of a model.</summary>
internal static class AssociationReader
{
    /// <summary>The fields that a singular association may have.</summary>
    public static IReadOnlyCollection<string> SingularNames { get; } = ["model", "required", "unique", "columnName", "description"];

    /// <summary>The fields that a plural association may have.</summary>
    public static IReadOnlyCollection<string> PluralNames { get; } = ["collection", "via", "description"];

    public static AssociationDefinition? Read(string name, Fields fields)
    {
        var isPlural = fields.Has("collection");
        fields.AllowOnly(isPlural ? PluralNames : SingularNames);
        if (fields.Text(isPlural ? "collection" : "model") is not { } target)
            return null;
        try
        {
            return new AssociationDefinition(name, ModelName.Parse(target), isPlural)
            {
                Via = isPlural ? fields.Text("via") : null,
                Column = fields.Text("columnName") ?? name,
                IsRequired = fields.Flag("required"),
                IsUnique = fields.Flag("unique"),
            };
        }
        catch (RealtimeException wrong)
        {
            fields.Refuse($"\"{target}\" is no name of a model. {wrong.Message}");
            return null;
        }
    }
}
