using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;
using Realtime.Web.Models.Json;

namespace Realtime.Web.Models.Changes;

/// <summary>The attributes of a record, flat: associations as primary keys (contract D-7).</summary>
internal static class FlatRecord
{
    /// <summary>Writes a whole record as an object: as it is, or as it was <paramref name="before"/>.</summary>
    public static void Write(System.Text.Json.Utf8JsonWriter json, RecordJson values, ModelDescription model, EntityEntry entry, PropertyValues? before = null)
    {
        json.WriteStartObject();
        foreach (var attribute in model.Attributes)
        {
            if (attribute.IsHidden || !TryRead(entry, before, attribute, out var value))
                continue;
            json.WritePropertyName(attribute.Name);
            values.WriteValue(json, attribute, value);
        }
        foreach (var association in model.Associations)
        {
            if (association.Columns is not null)
                WriteKey(json, association, before ?? entry.CurrentValues);
        }
        json.WriteEndObject();
    }

    /// <summary>Writes where a singular association points to, name included.</summary>
    public static void WriteKey(System.Text.Json.Utf8JsonWriter json, AssociationDescription association, PropertyValues source)
    {
        var key = association.Columns!.Select(column => source[column]).ToArray();
        json.WritePropertyName(association.Name);
        if (Array.Exists(key, part => part is null))
            json.WriteNullValue();
        else
            association.Target.Key.Write(json, key);
    }

    /// <summary>Reads an attribute's value.</summary>
    /// <returns>False where it cannot be known any more.</returns>
    public static bool TryRead(EntityEntry entry, PropertyValues? before, AttributeDescription attribute, out object? value)
    {
        if (attribute.Column is { } column)
        {
            value = (before ?? entry.CurrentValues)[column];
            return true;
        }
        if (before is null)
        {
            value = entry.Member(attribute.Member.Name).CurrentValue;
            return true;
        }
        value = attribute.Member switch
        {
            INavigation { IsCollection: true } => null,
            INavigation owned => OwnedBefore(entry, owned),
            IComplexProperty { IsCollection: false } complex => complex.GetGetter().GetClrValue(before.ToObject()),
            _ => null,
        };
        return attribute.Member is not IPropertyBase { IsCollection: true };
    }

    private static object? OwnedBefore(EntityEntry owner, INavigation navigation) => EntriesBefore(owner, navigation).Select(ObjectBefore).FirstOrDefault();

    // The values of an entry make an object without the owned objects inside it.
    private static object ObjectBefore(EntityEntry entry)
    {
        var before = entry.OriginalValues.ToObject();
        foreach (var inside in entry.Metadata.GetNavigations().Where(inside => inside.TargetEntityType.IsOwned() && inside.PropertyInfo is { CanWrite: true }))
        {
            var objects = EntriesBefore(entry, inside).Select(ObjectBefore);
            if (!inside.IsCollection)
                inside.PropertyInfo!.SetValue(before, objects.FirstOrDefault());
            else if (inside.GetCollectionAccessor() is { } collection)
                objects.ToList().ForEach(one => collection.Add(before, one, forMaterialization: false));
        }
        return before;
    }

    // An owned object is an entry of its own: replaced, it is there twice, once deleted and once added.
    private static IEnumerable<EntityEntry> EntriesBefore(EntityEntry owner, INavigation navigation) => owner.Context.ChangeTracker.Entries().Where(entry =>
        entry.Metadata == navigation.TargetEntityType && entry.State is not (EntityState.Added or EntityState.Detached)
        && navigation.ForeignKey.Properties.Select((property, i) => (property, i)).All(pair =>
            Equals(entry.OriginalValues[pair.property], owner.OriginalValues[navigation.ForeignKey.PrincipalKey.Properties[pair.i]])));
}
