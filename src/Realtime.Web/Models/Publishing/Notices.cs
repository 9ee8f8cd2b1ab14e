using Realtime.Web.Models.Changes;

namespace Realtime.Web.Models.Publishing;

/// <summary>
/// What is to be told, and in which order, when the application says what happened to a record (contract 2.3): the inverse of an
/// association always by its name (P-25), whatever derives from it one step long (P-19).
/// </summary>
internal sealed class Notices(ModelDescription model, Envelopes envelopes)
{
    /// <summary>Contract P-11, P-22.</summary>
    public IEnumerable<ModelEvent> Created(GivenRecord record, bool noReverse)
    {
        var key = record.Key;
        // Of a new record, the other end of a one-to-one association does not hear.
        foreach (var (inverse, other) in Others(record, noReverse, association => association.IsPlural || association.Inverse!.IsPlural))
            yield return envelopes.Linked(inverse, other, key, isAdded: true);
        yield return envelopes.Event(model, key, Verb.Created, json =>
        {
            json.WritePropertyName("data");
            record.Write(json);
        });
    }

    /// <summary>Contract P-12, P-23.</summary>
    public IEnumerable<ModelEvent> Updated(object?[] key, GivenRecord changes, GivenRecord? previous, bool noReverse)
    {
        if (previous is not null && !noReverse)
        {
            foreach (var reverse in model.Associations.SelectMany(association => Moved(association, key, changes, previous)))
                yield return reverse;
        }
        yield return envelopes.Event(model, key, Verb.Updated, json =>
        {
            json.WritePropertyName("data");
            changes.Write(json);
            WritePrevious(json, previous);
        });
    }

    /// <summary>Contract P-13, P-24.</summary>
    public IEnumerable<ModelEvent> Destroyed(object?[] key, GivenRecord? previous, bool noReverse)
    {
        yield return envelopes.Event(model, key, Verb.Destroyed, json => WritePrevious(json, previous));
        if (previous is null)
            yield break;
        foreach (var (inverse, other) in Others(previous, noReverse, _ => true))
            yield return envelopes.Linked(inverse, other, key, isAdded: false);
    }

    /// <summary>Contract P-14, P-15, P-20, P-21.</summary>
    public IEnumerable<ModelEvent> Linked(
        AssociationDescription association, object?[] key, object?[] child, GivenRecord? added, bool isAdded, bool noReverse)
    {
        yield return envelopes.Linked(association, key, child, isAdded, added is null ? null : added.Write);
        if (!noReverse && association.Inverse is { } inverse)
            yield return envelopes.Linked(inverse, child, key, isAdded);
    }

    private static void WritePrevious(System.Text.Json.Utf8JsonWriter json, GivenRecord? previous)
    {
        if (previous is null)
            return;
        json.WritePropertyName("previous");
        previous.Write(json);
    }

    private IEnumerable<(AssociationDescription Inverse, object?[] Other)> Others(
        GivenRecord record, bool noReverse, Func<AssociationDescription, bool> isTold) =>
        from association in model.Associations
        where !noReverse && association.Inverse is not null && isTold(association)
        from other in record.KeysOf(association) ?? []
        select (association.Inverse!, other);

    // Those that left hear first.
    private IEnumerable<ModelEvent> Moved(AssociationDescription association, object?[] key, GivenRecord changes, GivenRecord previous)
    {
        if (association.Inverse is not { } inverse || changes.KeysOf(association) is not { } now)
            return [];
        var before = previous.KeysOf(association);
        if (before is null && association.IsPlural)
            return [];
        var (format, was) = (association.Target.Key, before ?? []);
        var (ids, formerIds) = (now.Select(format.Format).ToHashSet(), was.Select(format.Format).ToHashSet());
        return
        [
            .. was.Where(other => !ids.Contains(format.Format(other))).Select(other => envelopes.Linked(inverse, other, key, isAdded: false)),
            .. now.Where(other => !formerIds.Contains(format.Format(other))).Select(other => envelopes.Linked(inverse, other, key, isAdded: true)),
        ];
    }
}
