using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Realtime.Web.Models.Definitions;

/// <summary>Tells EF Core what the definitions say: tables, columns, keys, indexes, associations.</summary>
internal sealed class DefinedEntities(DefinedModels models, bool isPostgres)
{
    private static readonly ValueConverter<JsonElement, string> ToText = new(json => json.GetRawText(), text => JsonElement.Parse(text, default));

    private static readonly ValueComparer<JsonElement> SameJson = new(
        (one, other) => JsonElement.DeepEquals(one, other), json => json.GetRawText().GetHashCode(StringComparison.Ordinal));

    public void Build(ModelBuilder builder)
    {
        foreach (var model in models.Definitions)
            Build(builder.Entity(models.Types[model.Name]), model);
        foreach (var model in models.Definitions)
        {
            foreach (var association in model.Associations)
                Build(builder, model, association);
        }
    }

    private void Build(EntityTypeBuilder entity, ModelDefinition model)
    {
        entity.ToTable(model.Table);
        entity.HasKey(ModelDefinition.Key);
        foreach (var attribute in model.Attributes)
        {
            var property = entity.Property(attribute.Name).HasColumnName(attribute.Column);
            if (attribute is { IsKey: true, Type: DefinedType.String })
                property.ValueGeneratedNever();
            if (attribute.Type == DefinedType.Json)
                property.HasConversion(ToText, SameJson);
            if (attribute.Type == DefinedType.Json && isPostgres)
                property.HasColumnType("jsonb");
            if (attribute.IsUnique)
                entity.HasIndex(attribute.Name).IsUnique();
        }
    }

    private void Build(ModelBuilder builder, ModelDefinition model, AssociationDefinition association)
    {
        var (entity, target) = (builder.Entity(models.Types[model.Name]), models.Types[association.Target]);
        if (!association.IsPlural)
        {
            var inverse = models.Find(association.Target)!.Associations.FirstOrDefault(other => other.IsPlural && other.Target == model.Name && other.Via == association.Name);
            var key = KeyOf(model, association);
            entity.HasOne(target, association.Name).WithMany(inverse?.Name).HasForeignKey(key).IsRequired(association.IsRequired)
                // What must have an owner holds on to it; what need not is left behind (contract P-24).
                .OnDelete(association.IsRequired ? DeleteBehavior.Restrict : DeleteBehavior.SetNull);
            entity.Property(key).HasColumnName(association.Column);
            entity.HasIndex(key).IsUnique(association.IsUnique);
            return;
        }
        var other = association.Via is { } via ? models.Find(association.Target)!.FindAssociation(via) : null;
        // One-to-many is configured where the foreign key is, many-to-many at one of its two ends.
        if (other is { IsPlural: false } || (other is not null && Comes(association.Target, other, before: (model.Name, association))))
            return;
        var join = JoinTable.Of(model, association, other);
        entity.HasMany(target, association.Name).WithMany(other?.Name).UsingEntity(
            join.Name,
            right => right.HasOne(target, null).WithMany((string?)null).HasForeignKey(join.Child),
            left => left.HasOne(models.Types[model.Name], null).WithMany((string?)null).HasForeignKey(join.Parent),
            row =>
            {
                row.ToTable(join.Name);
                row.HasKey(join.Parent, join.Child);
            });
    }

    private static bool Comes(ModelName name, AssociationDefinition association, (ModelName Name, AssociationDefinition Association) before) =>
        (name.CompareTo(before.Name), string.CompareOrdinal(association.Name, before.Association.Name)) is (< 0, _) or (0, < 0);

    // The association is what has a name for clients; the foreign key is known as Sails' front ends and EF Core's would guess it.
    private static string KeyOf(ModelDefinition model, AssociationDefinition association)
    {
        var name = $"{association.Name}Id";
        var isTaken = model.Attributes.Any(attribute => attribute.Name == name) || model.FindAssociation(name) is not null;
        return isTaken ? $"{association.Name}__id" : name;
    }
}
