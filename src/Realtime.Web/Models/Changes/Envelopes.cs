using System.Text.Json;
using Realtime.Web.Models.Json;

namespace Realtime.Web.Models.Changes;

/// <summary>Writes what clients get of a model's events (contract P-10 to P-16).</summary>
internal sealed class Envelopes(RecordJson values)
{
    /// <summary>
    /// That two records came together, or parted, as one of them hears it: its collection has one more or less (P-14, P-15), or
    /// its reference points elsewhere (P-20, P-21).
    /// </summary>
    /// <param name="association">The association of the one that hears it.</param>
    /// <param name="told">Its key.</param>
    /// <param name="other">The key of the record at the other end.</param>
    /// <param name="isAdded">Whether they came together.</param>
    /// <param name="added">Writes the other record, if it comes along.</param>
    public ModelEvent Linked(
        AssociationDescription association, object?[] told, object?[] other, bool isAdded, Action<Utf8JsonWriter>? added = null)
    {
        var verb = association.IsPlural ? (isAdded ? Verb.AddedTo : Verb.RemovedFrom) : Verb.Updated;
        return Event(association.Model, told, verb, json =>
        {
            if (verb == Verb.Updated)
            {
                json.WriteStartObject("data");
                json.WritePropertyName(association.Name);
                if (isAdded)
                    association.Target.Key.Write(json, other);
                else
                    json.WriteNullValue();
                json.WriteEndObject();
                return;
            }
            // Contract D-1: one message per child, the id as a scalar and as an array of one.
            var how = isAdded ? "added" : "removed";
            json.WriteString("attribute", association.Name);
            json.WritePropertyName(how + "Id");
            association.Target.Key.Write(json, other);
            json.WriteStartArray(how + "Ids");
            association.Target.Key.Write(json, other);
            json.WriteEndArray();
            if (added is null)
                return;
            json.WritePropertyName("added");
            added(json);
        });
    }

    /// <summary>That several records came into a collection, or left it, in one event (contract D-1): as Sails 1.x documents it.</summary>
    public ModelEvent RolledUp(AssociationDescription association, object?[] told, IEnumerable<object?[]> others, bool isAdded) =>
        Event(association.Model, told, isAdded ? Verb.AddedTo : Verb.RemovedFrom, json =>
        {
            json.WriteString("attribute", association.Name);
            json.WriteStartArray(isAdded ? "addedIds" : "removedIds");
            foreach (var other in others)
                association.Target.Key.Write(json, other);
            json.WriteEndArray();
        });

    /// <summary>An event of a record: its verb, its id, and the rest.</summary>
    public ModelEvent Event(ModelDescription model, object?[] key, Verb verb, Action<Utf8JsonWriter> rest) =>
        new(model.Name, model.Key.Format(key), verb, values.Write(json =>
        {
            json.WriteStartObject();
            json.WriteString("verb", NameOf(verb));
            json.WritePropertyName("id");
            model.Key.Write(json, key);
            rest(json);
            json.WriteEndObject();
        }));

    private static string NameOf(Verb verb) => verb switch
    {
        Verb.Created => "created",
        Verb.Updated => "updated",
        Verb.Destroyed => "destroyed",
        Verb.AddedTo => "addedTo",
        Verb.RemovedFrom => "removedFrom",
        Verb.Messaged => "messaged",
        _ => throw new NotSupportedException($"No name for {verb}."),
    };
}
