using Realtime.Web.Models.Definitions.Access;

namespace Realtime.Web.Models.Definitions;

/// <summary>A model, as its file defines it.</summary>
/// <param name="Name">The identity: the name of the file.</param>
/// <param name="File">The path of the file, for people.</param>
internal sealed record ModelDefinition(ModelName Name, string File)
{
    /// <summary>The name of the primary key, of every model.</summary>
    public const string Key = "id";

    public required string Table { get; init; }

    /// <summary>What happens to its table at start; null where the file leaves it to the configuration.</summary>
    public Migrate? Migrate { get; init; }

    /// <summary>Whether <c>created</c> brings along what a record is associated with; null where the file leaves it to the configuration.</summary>
    public bool? PopulatesCreated { get; init; }

    /// <summary>Who may do what; null where the file does not say.</summary>
    public ModelAccess? Access { get; init; }

    /// <summary>Further routes for its actions.</summary>
    public IReadOnlyList<RouteDefinition> Routes { get; init; } = [];

    /// <summary>The primary key first.</summary>
    public IReadOnlyList<AttributeDefinition> Attributes { get; init; } = [];

    public IReadOnlyList<AssociationDefinition> Associations { get; init; } = [];

    public AttributeDefinition KeyAttribute => Attributes[0];

    public AssociationDefinition? FindAssociation(string name) => Associations.FirstOrDefault(association => association.Name == name);
}
