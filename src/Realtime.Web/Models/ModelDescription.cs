using System.Collections.Frozen;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Realtime.Web.Models;

/// <summary>A model: an entity type of the application's context, as clients see it.</summary>
public sealed class ModelDescription
{
    private FrozenDictionary<INavigationBase, AssociationDescription> _byNavigation =
        FrozenDictionary<INavigationBase, AssociationDescription>.Empty;

    internal ModelDescription(ModelName name, IEntityType entity, RecordKey key) => (Name, EntityType, Key) = (name, entity, key);

    /// <summary>The identity: event name, and base of the routes.</summary>
    public ModelName Name { get; }

    /// <summary>What EF Core knows of it.</summary>
    public IEntityType EntityType { get; }

    /// <summary>The primary key.</summary>
    public RecordKey Key { get; }

    /// <summary>All attributes, the primary key first; hidden ones too.</summary>
    public IReadOnlyList<AttributeDescription> Attributes { get; private set; } = [];

    /// <summary>The associations that clients may see.</summary>
    public IReadOnlyList<AssociationDescription> Associations { get; private set; } = [];

    /// <summary>The association of a JSON name, or null.</summary>
    public AssociationDescription? FindAssociation(string name)
    {
        foreach (var association in Associations)
        {
            if (association.Name == name)
                return association;
        }
        return null;
    }

    /// <summary>The association of a navigation, or null where it is hidden or there is none.</summary>
    public AssociationDescription? FindAssociation(INavigationBase? navigation) =>
        navigation is null ? null : _byNavigation.GetValueOrDefault(navigation);

    /// <inheritdoc/>
    public override string ToString() => Name.Value;

    internal void Complete(IReadOnlyList<AttributeDescription> attributes, IReadOnlyList<AssociationDescription> associations)
    {
        (Attributes, Associations) = (attributes, associations);
        _byNavigation = associations.ToFrozenDictionary(association => association.Navigation);
    }
}
