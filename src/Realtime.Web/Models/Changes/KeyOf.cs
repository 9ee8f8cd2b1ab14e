using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Realtime.Web.Models.Changes;

/// <summary>
/// The key of a record, read when the event is written: a key that the datastore generates is not known before. Either
/// values that were read earlier, or properties of an entry (its own key, or a foreign key that points to the record).
/// </summary>
internal readonly struct KeyOf
{
    private readonly EntityEntry? _entry;
    private readonly IReadOnlyList<IProperty>? _properties;
    private readonly object?[]? _values;

    private KeyOf(EntityEntry? entry, IReadOnlyList<IProperty>? properties, object?[]? values) =>
        (_entry, _properties, _values) = (entry, properties, values);

    public static KeyOf Known(object?[] values) => new(null, null, values);

    public static KeyOf Later(EntityEntry entry, IReadOnlyList<IProperty> properties) => new(entry, properties, null);

    public object?[] Read()
    {
        if (_values is not null)
            return _values;
        var values = new object?[_properties!.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = _entry!.CurrentValues[_properties[i]];
        return values;
    }
}
