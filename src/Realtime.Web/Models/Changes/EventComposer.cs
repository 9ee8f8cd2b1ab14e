using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Realtime.Web.Models.Json;

namespace Realtime.Web.Models.Changes;

/// <summary>
/// Makes the events of a save, in the order of the contract: what others hear because of it comes before a record's own
/// <c>created</c> or <c>updated</c> (P-22, P-23), and after <c>destroyed</c> (P-24).
/// </summary>
internal sealed class EventComposer(RecordJson values)
{
    private readonly Envelopes _envelopes = new(values);

    private enum Phase { Left, Joined, Adopted, Created, Updated, LeftBehind, Destroyed, Orphaned }

    public List<ModelEvent> Compose(ChangeSet changes)
    {
        var events = new List<(Phase Phase, ModelEvent Event)>();
        var created = Ids(changes, EntityState.Added);
        var destroyed = Ids(changes, EntityState.Deleted);
        foreach (var link in changes.Links)
            AddLink(events, link, changes.Origin, created, destroyed);
        foreach (var record in changes.Records)
            AddRecord(events, record, changes.Origin, created, destroyed);
        // OrderBy keeps the order within a phase.
        return [.. events.OrderBy(pair => pair.Phase).Select(pair => pair.Event)];
    }

    private static HashSet<(ModelName, RecordId)> Ids(ChangeSet changes, EntityState state) =>
    [
        .. changes.Records.Where(record => record.State == state)
            .Select(record => (record.Model.Name, record.Model.Key.Format(record.Key.Read()))),
    ];

    private void AddLink(
        List<(Phase, ModelEvent)> events, LinkChange link, ChangeOrigin origin,
        HashSet<(ModelName, RecordId)> created, HashSet<(ModelName, RecordId)> destroyed)
    {
        var (association, model, target) = (link.Association, link.Association.Model, link.Association.Target);
        var (parentKey, childKey) = (link.Parent.Read(), link.Child.Read());
        var (parent, child) = (model.Key.Format(parentKey), target.Key.Format(childKey));
        // Who is new, or gone, has that as its own news.
        if (created.Contains((model.Name, parent)) || destroyed.Contains((model.Name, parent)))
            return;
        var phase = link.IsAdded ? Phase.Joined
            : destroyed.Contains((target.Name, child)) ? Phase.Orphaned
            : link.MovedTo is { } to && (origin.IsAboutCollections || created.Contains((model.Name, model.Key.Format(to.Read())))) ? Phase.LeftBehind
            : Phase.Left;
        events.Add((phase, _envelopes.Linked(association, parentKey, childKey, link.IsAdded)));
    }

    private void AddRecord(
        List<(Phase, ModelEvent)> events, RecordChange change, ChangeOrigin origin,
        HashSet<(ModelName, RecordId)> created, HashSet<(ModelName, RecordId)> destroyed)
    {
        var (model, key) = (change.Model, change.Key.Read());
        var id = model.Key.Format(key);
        switch (change.State)
        {
            case EntityState.Added:
                events.Add((Phase.Created, _envelopes.Event(model, key, Verb.Created, json => WriteCreated(json, change))));
                break;
            case EntityState.Deleted:
                events.Add((Phase.Destroyed, _envelopes.Event(model, key, Verb.Destroyed, json => WritePrevious(json, change, origin, id))));
                break;
            default:
                var follows = Follows(change, created, destroyed);
                var isReverse = follows is not null || (origin.IsAboutCollections && change.IsAboutAssociations);
                events.Add((follows ?? Phase.Updated, _envelopes.Event(model, key, Verb.Updated, json =>
                {
                    WriteChanged(json, change, isReverse);
                    if (!isReverse)
                        WritePrevious(json, change, origin, id);
                })));
                break;
        }
    }

    // A record whose foreign key changed because the record at the other end came or went.
    private static Phase? Follows(RecordChange change, HashSet<(ModelName, RecordId)> created, HashSet<(ModelName, RecordId)> destroyed)
    {
        if (!change.IsAboutAssociations || change.Associations is not [var (association, before)])
            return null;
        var now = association.Columns!.Select(column => change.Entry.CurrentValues[column]).ToArray();
        if (!Array.Exists(now, part => part is null))
            return created.Contains((association.Target.Name, association.Target.Key.Format(now))) ? Phase.Adopted : null;
        return before is not null && destroyed.Contains((association.Target.Name, association.Target.Key.Format(before))) ? Phase.Orphaned : null;
    }

    private void WriteCreated(Utf8JsonWriter json, RecordChange change)
    {
        json.WritePropertyName("data");
        FlatRecord.Write(json, values, change.Model, change.Entry);
    }

    // Contract B-45: exactly what changed, by logical name, with the primary key and the time of the update.
    private void WriteChanged(Utf8JsonWriter json, RecordChange change, bool isReverse)
    {
        json.WriteStartObject("data");
        foreach (var attribute in change.Model.Attributes)
        {
            var isShown = attribute.IsKey || attribute.Name == AttributeDescription.UpdatedAt || change.Attributes.Contains(attribute);
            if (attribute.IsHidden || isReverse || !isShown || !FlatRecord.TryRead(change.Entry, null, attribute, out var value))
                continue;
            json.WritePropertyName(attribute.Name);
            values.WriteValue(json, attribute, value);
        }
        foreach (var (association, _) in change.Associations)
            FlatRecord.WriteKey(json, association, change.Entry.CurrentValues);
        json.WriteEndObject();
    }

    private static void WritePrevious(Utf8JsonWriter json, RecordChange change, ChangeOrigin origin, RecordId id)
    {
        if ((origin.Previous.GetValueOrDefault((change.Model.Name, id)) ?? change.Previous) is not { } previous)
            return;
        json.WritePropertyName("previous");
        json.WriteRawValue(previous, skipInputValidation: true);
    }
}
