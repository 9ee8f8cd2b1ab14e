using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;
using Realtime.Web.Models.Json;

namespace Realtime.Web.Models.Changes;

/// <summary>Takes down what a save is about to change: only real changes (contract P-28), with the values as they were.</summary>
/// <param name="models">The models of the context.</param>
/// <param name="json">Writes the values.</param>
/// <param name="stored">What the datastore holds, for records whose earlier values the context does not know.</param>
internal sealed class ChangeCapture(ModelRegistry models, RecordJson json, IReadOnlyDictionary<object, PropertyValues> stored)
{
    /// <summary>Takes down all that a context has to save.</summary>
    public ChangeSet Take(DbContext context, ChangeOrigin origin)
    {
        var changes = new ChangeSet(origin);
        var entries = context.ChangeTracker.Entries().Where(entry => entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted).ToList();
        var owners = OwnersOf(context, entries);
        foreach (var entry in context.ChangeTracker.Entries())
        {
            if (models.Find(entry.Metadata) is { } model)
                Add(changes, model, entry, owners);
            if (entry.State is not EntityState.Unchanged)
                AddLinks(changes, entry);
        }
        return changes;
    }

    /// <summary>
    /// The records that were attached as changed, so that the context knows no earlier values: either none of their
    /// attributes differs from its original, or nothing has changed at all.
    /// </summary>
    public static List<EntityEntry> WithoutOriginals(DbContext context, ModelRegistry models) =>
    [
        .. context.ChangeTracker.Entries().Where(entry => entry.State == EntityState.Modified && models.Find(entry.Metadata) is not null
            && entry.Properties.Any(property => property.IsModified)
            && !entry.Properties.Any(property => property.IsModified && Differs(property.Metadata, property.OriginalValue, property.CurrentValue))
            && !entry.ComplexProperties.Any(property => property.IsModified)),
    ];

    private static bool Differs(IProperty property, object? before, object? now) => !property.GetValueComparer().Equals(before, now);

    private PropertyValues Before(EntityEntry entry) => stored.TryGetValue(entry.Entity, out var values) ? values : entry.OriginalValues;

    // Owned objects are entries of their own; a change of one is a change of the record that it is in.
    private static Dictionary<object, HashSet<INavigation>> OwnersOf(DbContext context, List<EntityEntry> changed)
    {
        var owners = new Dictionary<object, HashSet<INavigation>>(ReferenceEqualityComparer.Instance);
        foreach (var entry in changed)
        {
            var (current, navigation) = (entry, (INavigation?)null);
            while (current?.Metadata.FindOwnership() is { } ownership)
            {
                navigation = ownership.PrincipalToDependent;
                current = OwnerOf(context, current, ownership);
            }
            if (current is null || navigation is null)
                continue;
            if (!owners.TryGetValue(current.Entity, out var navigations))
                owners[current.Entity] = navigations = [];
            navigations.Add(navigation);
        }
        return owners;
    }

    private static EntityEntry? OwnerOf(DbContext context, EntityEntry owned, IForeignKey ownership)
    {
        foreach (var entry in context.ChangeTracker.Entries())
        {
            if (ownership.PrincipalEntityType.IsAssignableFrom(entry.Metadata)
                && ownership.Properties.Select((property, i) => (property, i)).All(pair =>
                    Equals(owned.CurrentValues[pair.property], entry.CurrentValues[ownership.PrincipalKey.Properties[pair.i]])))
            {
                return entry;
            }
        }
        return null;
    }

    private void Add(ChangeSet changes, ModelDescription model, EntityEntry entry, Dictionary<object, HashSet<INavigation>> owners)
    {
        var inside = owners.GetValueOrDefault(entry.Entity);
        switch (entry.State)
        {
            case EntityState.Added:
                changes.Records.Add(new RecordChange
                {
                    Model = model, Entry = entry, State = EntityState.Added, Key = KeyOf.Later(entry, model.Key.Properties),
                });
                break;
            case EntityState.Deleted:
                changes.Records.Add(new RecordChange
                {
                    Model = model, Entry = entry, State = EntityState.Deleted,
                    Key = KeyOf.Known(model.Key.ValuesOf(entry.OriginalValues)),
                    Previous = Write(model, entry),
                });
                break;
            case EntityState.Modified:
            case EntityState.Unchanged when inside is not null:
                AddUpdate(changes, model, entry, inside);
                break;
        }
    }

    private void AddUpdate(ChangeSet changes, ModelDescription model, EntityEntry entry, HashSet<INavigation>? inside)
    {
        var before = Before(entry);
        var attributes = model.Attributes.Where(attribute => !attribute.IsHidden && attribute.Member switch
        {
            IProperty column => entry.Property(column).IsModified && Differs(column, before[column], entry.CurrentValues[column]),
            IComplexProperty complex => entry.Member(complex.Name).Metadata is IComplexProperty { IsCollection: false }
                ? entry.ComplexProperty(complex).IsModified
                : entry.ComplexCollection(complex).IsModified,
            INavigation owned => inside?.Contains(owned) == true,
            _ => false,
        }).ToList();
        var associations = model.Associations.Where(association => association.Columns is { } columns && columns.Any(column =>
            entry.Property(column).IsModified && Differs(column, before[column], entry.CurrentValues[column])))
            .Select(association => (association, ValuesOf(association.Columns!, before))).ToList();
        // Hidden attributes too: they are no news, but may decide who hears any.
        var changesReaders = model.EntityType.GetProperties().Any(column => entry.Property(column).IsModified
            && Differs(column, before[column], entry.CurrentValues[column]) && models.DecidesReaders(column));
        if (attributes.Count == 0 && associations.Count == 0 && !changesReaders)
            return;
        changes.Records.Add(new RecordChange
        {
            Model = model, Entry = entry, State = EntityState.Modified,
            Key = KeyOf.Known(model.Key.ValuesOf(entry.OriginalValues)),
            Previous = Write(model, entry), Attributes = attributes, Associations = associations,
            ChangesReaders = changesReaders,
        });
    }

    private byte[] Write(ModelDescription model, EntityEntry entry) =>
        json.Write(writer => FlatRecord.Write(writer, json, model, entry, Before(entry)));

    private void AddLinks(ChangeSet changes, EntityEntry entry)
    {
        foreach (var foreign in entry.Metadata.GetForeignKeys())
        {
            if (!foreign.PrincipalKey.IsPrimaryKey() || models.Find(foreign.PrincipalEntityType) is not { } parent)
                continue;
            var before = entry.State == EntityState.Added ? null : ValuesOf(foreign, Before(entry));
            var now = entry.State == EntityState.Deleted ? null : ValuesOf(foreign, entry.CurrentValues);
            if (AreSame(before, now))
                continue;
            KeyOf? movedTo = now is null ? null : KeyOf.Later(entry, foreign.Properties);
            if (parent.FindAssociation(foreign.PrincipalToDependent) is { } association && models.Find(entry.Metadata) is { } model)
                AddLinks(changes, association, before, movedTo, OwnKey(model, entry), entry.State);
            AddJoined(changes, entry, foreign, before, now);
        }
    }

    // A foreign key: the child knows it as one of its own attributes, the parent hears of it under the name it has there.
    private static void AddLinks(ChangeSet changes, AssociationDescription association, object?[]? before, KeyOf? now, KeyOf child, EntityState state)
    {
        if (before is not null)
            changes.Links.Add(new LinkChange(association, KeyOf.Known(before), child, IsAdded: false, now));
        // Contract P-22: of a new record, the other end of a one-to-one association does not hear.
        if (now is { } parent && (association.IsPlural || state != EntityState.Added))
            changes.Links.Add(new LinkChange(association, parent, child, IsAdded: true));
    }

    // A row of a join table: both ends hear of it, each under its own name (contract P-20, P-21, P-27).
    private void AddJoined(ChangeSet changes, EntityEntry join, IForeignKey foreign, object?[]? before, object?[]? now)
    {
        foreach (var skip in foreign.GetReferencingSkipNavigations())
        {
            if (models.Find(skip.DeclaringEntityType)?.FindAssociation(skip) is not { } association || skip.Inverse is null)
                continue;
            var other = skip.Inverse.ForeignKey;
            if (before is not null && ValuesOf(other, Before(join)) is { } formerly)
                changes.Links.Add(new LinkChange(association, KeyOf.Known(before), KeyOf.Known(formerly), IsAdded: false));
            if (now is not null && join.State != EntityState.Deleted)
            {
                changes.Links.Add(new LinkChange(
                    association, KeyOf.Later(join, foreign.Properties), KeyOf.Later(join, other.Properties), IsAdded: true));
            }
        }
    }

    private static KeyOf OwnKey(ModelDescription model, EntityEntry entry) => entry.State == EntityState.Deleted
        ? KeyOf.Known(model.Key.ValuesOf(entry.OriginalValues))
        : KeyOf.Later(entry, model.Key.Properties);

    private static object?[]? ValuesOf(IForeignKey foreign, PropertyValues source) => ValuesOf(foreign.Properties, source);

    private static object?[]? ValuesOf(IReadOnlyList<IProperty> columns, PropertyValues source)
    {
        var values = new object?[columns.Count];
        for (var i = 0; i < values.Length; i++)
        {
            if ((values[i] = source[columns[i]]) is null)
                return null;
        }
        return values;
    }

    private static bool AreSame(object?[]? before, object?[]? now) =>
        before is null || now is null ? before is null && now is null : before.AsSpan().SequenceEqual(now);
}
