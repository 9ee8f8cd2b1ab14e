using Microsoft.EntityFrameworkCore.Metadata;

namespace Realtime.Web.Models;

/// <summary>An association of a model with another one, or with itself (contract G-3).</summary>
public sealed class AssociationDescription
{
    internal AssociationDescription(string name, INavigationBase navigation, ModelDescription model, ModelDescription target) =>
        (Name, Navigation, Model, Target) = (name, navigation, model, target);

    /// <summary>The JSON name.</summary>
    public string Name { get; }

    /// <summary>What EF Core knows of it: a navigation, or a skip navigation for many-to-many.</summary>
    public INavigationBase Navigation { get; }

    /// <summary>The model that has it.</summary>
    public ModelDescription Model { get; }

    /// <summary>The model at its other end.</summary>
    public ModelDescription Target { get; }

    /// <summary>Whether it is a collection.</summary>
    public bool IsPlural => Navigation.IsCollection;

    /// <summary>The same association, seen from the other end; null where the other model has no name for it (contract P-25).</summary>
    public AssociationDescription? Inverse { get; internal set; }

    /// <summary>The foreign key in this model's own table, in the order of the target's primary key; null where it is elsewhere.</summary>
    public IReadOnlyList<IProperty>? Columns =>
        Navigation is INavigation { IsOnDependent: true, ForeignKey: { PrincipalKey: var key } foreign } && key.IsPrimaryKey()
            ? foreign.Properties
            : null;

    /// <inheritdoc/>
    public override string ToString() => $"{Model.Name}.{Name}";
}
