using System.Collections;
using System.Text.Json;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;
using Realtime.Web.Models.Changes;
using Realtime.Web.Models.Json;

namespace Realtime.Web.Models.Publishing;

/// <summary>An entity, flat (contract D-7), with its collections as far as they are there.</summary>
internal sealed class GivenEntity : GivenRecord
{
    private readonly EntityEntry _entry;
    private readonly ModelDescription _model;
    private readonly RecordJson _values;

    public GivenEntity(EntityEntry entry, ModelDescription model, RecordJson values)
    {
        (_entry, _model, _values) = (entry, model, values);
        foreach (var association in model.Associations.Where(association => association.Columns is not null))
            CompleteForeignKey(association);
    }

    public override object?[] Key => _model.Key.ValuesOf(_entry.CurrentValues);

    public override void Write(Utf8JsonWriter json) => FlatRecord.Write(json, _values, _model, _entry);

    public override IReadOnlyList<object?[]>? KeysOf(AssociationDescription association)
    {
        if (association.Columns is { } columns)
        {
            var key = columns.Select(column => _entry.CurrentValues[column]).ToArray();
            return Array.Exists(key, part => part is null) ? [] : [key];
        }
        return _entry.Navigation(association.Navigation.Name).CurrentValue switch
        {
            null => null,
            IEnumerable many when association.IsPlural => [.. many.Cast<object>().Select(child => KeyIn(association, child))],
            var one => [KeyIn(association, one)],
        };
    }

    // An entity that no context knows has its reference, but a foreign key that is no property of its class is not filled yet.
    private void CompleteForeignKey(AssociationDescription association)
    {
        if (_entry.Reference(association.Navigation.Name).CurrentValue is not { } target)
            return;
        var (key, columns) = (KeyIn(association, target), association.Columns!);
        for (var i = 0; i < key.Length; i++)
        {
            if (columns[i].IsShadowProperty())
                _entry.Property(columns[i]).CurrentValue = key[i];
        }
    }

    private object?[] KeyIn(AssociationDescription association, object record) =>
        association.Target.Key.ValuesOf(_entry.Context.Entry(record).CurrentValues);
}
