using System.Text.Json;

namespace Realtime.Client.Topics;

/// <summary>Something that happened to a record (contract P-10 to P-16).</summary>
/// <param name="Id">The record; null for a message to the watchers of the model.</param>
/// <param name="Json">All that the server said, for what has no property here.</param>
public abstract record TopicEvent<T>(RecordId? Id, JsonElement Json);

/// <summary>A record was created.</summary>
/// <param name="Id">The record.</param>
/// <param name="Data">The record as it is.</param>
/// <param name="Json">All that the server said.</param>
public sealed record Created<T>(RecordId? Id, T Data, JsonElement Json) : TopicEvent<T>(Id, Json)
{
    /// <summary>
    /// The record is not new: others than before may read it now. It is told to who watches the model, after the <see cref="Destroyed{T}"/>
    /// that says the same.
    /// </summary>
    public bool ReadersChanged { get; init; }
}

/// <summary>A record was changed.</summary>
/// <param name="Id">The record.</param>
/// <param name="Changes">The attributes that changed, with their new values.</param>
/// <param name="Previous">The record as it was; null when that is not told.</param>
/// <param name="Json">All that the server said.</param>
public sealed record Updated<T>(RecordId? Id, JsonElement Changes, T? Previous, JsonElement Json) : TopicEvent<T>(Id, Json);

/// <summary>A record was destroyed.</summary>
/// <param name="Id">The record.</param>
/// <param name="Previous">The record as it was; null when that is not told.</param>
/// <param name="Json">All that the server said.</param>
public sealed record Destroyed<T>(RecordId? Id, T? Previous, JsonElement Json) : TopicEvent<T>(Id, Json)
{
    /// <summary>
    /// The record still exists, but others than before may read it now, and nobody is subscribed to it any more: whoever may
    /// still read it reads it again.
    /// </summary>
    public bool ReadersChanged { get; init; }
}

/// <summary>Records were added to a collection of this one: one by one, or all of one save where the server rolls them up (contract D-1).</summary>
/// <param name="Id">The record that has the collection.</param>
/// <param name="Attribute">The collection.</param>
/// <param name="AddedIds">The records that were added; at least one.</param>
/// <param name="Json">All that the server said.</param>
public sealed record AddedTo<T>(RecordId? Id, string Attribute, IReadOnlyList<RecordId> AddedIds, JsonElement Json) : TopicEvent<T>(Id, Json)
{
    /// <summary>The record that was added; the first where several were.</summary>
    public RecordId AddedId => AddedIds[0];
}

/// <summary>Records were removed from a collection of this one: one by one, or all of one save where the server rolls them up (contract D-1).</summary>
/// <param name="Id">The record that has the collection.</param>
/// <param name="Attribute">The collection.</param>
/// <param name="RemovedIds">The records that were removed; at least one.</param>
/// <param name="Json">All that the server said.</param>
public sealed record RemovedFrom<T>(RecordId? Id, string Attribute, IReadOnlyList<RecordId> RemovedIds, JsonElement Json) : TopicEvent<T>(Id, Json)
{
    /// <summary>The record that was removed; the first where several were.</summary>
    public RecordId RemovedId => RemovedIds[0];
}

/// <summary>Something was said to the subscribers of a record, or in words that this client does not know: see <see cref="TopicEvent{T}.Json"/>.</summary>
/// <param name="Id">The record, if it is named.</param>
/// <param name="Data">What was said; undefined when nothing.</param>
/// <param name="Json">All that the server said.</param>
public sealed record Messaged<T>(RecordId? Id, JsonElement Data, JsonElement Json) : TopicEvent<T>(Id, Json);
