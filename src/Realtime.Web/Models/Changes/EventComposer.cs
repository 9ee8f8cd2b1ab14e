using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Realtime.Web.Models.Json;

namespace Realtime.Web.Models.Changes;

/// <summary>
/// Makes the events of a save, in the order of the contract: what others hear because of it comes before a record's own
/// <c>created</c> or <c>updated</c> (P-22, P-23), and after <c>destroyed</c> (P-24).
/// </summary>
/// <param name="values">Writes the values.</param>
/// <param name="rollsUp">Whether all that join, or leave, one collection are told in one event (D-1).</param>
internal sealed class EventComposer(RecordJson values, bool rollsUp)
{
    private readonly Envelopes _envelopes = new(values);
    private readonly Dictionary<(AssociationDescription, RecordId, bool, Phase), RolledUp> _rolledUp = [];

    private enum Phase { Left, Joined, Adopted, Created, Updated, LeftBehind, Destroyed, Orphaned }

    public List<ModelEvent> Compose(ChangeSet changes)
    {
        var events = new List<(Phase Phase, ModelEvent Event)>();
        var created = Ids(changes, EntityState.Added);
        var destroyed = Ids(changes, EntityState.Deleted);
        foreach (var link in changes.Links)
            AddLink(events, link, changes.Origin, created, destroyed);
        foreach (var record in changes.Records)
            AddRecord(events, record, changes, created, destroyed);
        foreach (var ((association, _, isAdded, phase), group) in _rolledUp)
            events[group.Place] = (phase, _envelopes.RolledUp(association, group.Parent, group.Children, isAdded));
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
        if (rollsUp && association.IsPlural)
        {
            if (_rolledUp.TryGetValue((association, parent, link.IsAdded, phase), out var group))
            {
                group.Children.Add(childKey);
                return;
            }
            _rolledUp.Add((association, parent, link.IsAdded, phase), new RolledUp(events.Count, parentKey, [childKey]));
        }
        events.Add((phase, _envelopes.Linked(association, parentKey, childKey, link.IsAdded)));
    }

    private void AddRecord(
        List<(Phase, ModelEvent)> events, RecordChange change, ChangeSet changes,
        HashSet<(ModelName, RecordId)> created, HashSet<(ModelName, RecordId)> destroyed)
    {
        var (model, key, origin) = (change.Model, change.Key.Read(), changes.Origin);
        var id = model.Key.Format(key);
        switch (change.State)
        {
            case EntityState.Added:
                events.Add((Phase.Created, _envelopes.Event(model, key, Verb.Created, json => WriteCreated(json, change, changes))));
                break;
            case EntityState.Deleted:
                events.Add((Phase.Destroyed, _envelopes.Event(model, key, Verb.Destroyed, json => WritePrevious(json, change, origin, id))));
                break;
            case EntityState.Modified when change.ChangesReaders:
                AddChangeOfReaders(events, change, changes, key);
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

    // Whoever was subscribed may read it no more, for all that is known here: it is as if it were gone. Watchers may read every record,
    // and are subscribed to it again.
    private void AddChangeOfReaders(List<(Phase, ModelEvent)> events, RecordChange change, ChangeSet changes, object?[] key)
    {
        events.Add((Phase.Updated, _envelopes.Event(change.Model, key, Verb.Destroyed, json =>
        {
            json.WriteBoolean("readersChanged", true);
            json.WritePropertyName("previous");
            json.WriteRawValue(change.Previous!, skipInputValidation: true);
        })));
        events.Add((Phase.Updated, _envelopes.Event(change.Model, key, Verb.Created, json =>
        {
            json.WriteBoolean("readersChanged", true);
            WriteCreated(json, change, changes);
        })));
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

    private void WriteCreated(Utf8JsonWriter json, RecordChange change, ChangeSet changes)
    {
        json.WritePropertyName("data");
        if (changes.Populated.TryGetValue((change.Model.Name, change.Model.Key.Format(change.Key.Read())), out var populated))
            json.WriteRawValue(populated, skipInputValidation: true);
        else
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

    /// <summary>Those that join, or leave, one collection, and where their event stands.</summary>
    private sealed record RolledUp(int Place, object?[] Parent, List<object?[]> Children);
}
