namespace Realtime.Web.Models.Changes;

/// <summary>Who causes the changes of a save, and what is known of them beyond the changed rows.</summary>
internal sealed class ChangeOrigin
{
    /// <summary>The socket that shall not hear of it (contract D-10).</summary>
    public SocketId? Omit { get; init; }

    /// <summary>
    /// Whether collections change, not records (add, remove, replace). Then a child whose foreign key follows says only
    /// that, without <c>previous</c>, and a former parent hears last (P-20, P-21, P-26).
    /// </summary>
    public bool IsAboutCollections { get; init; }

    /// <summary>The record as it was, associations populated, for the event's <c>previous</c>: JSON by model and id (P-12, P-13).</summary>
    public Dictionary<(ModelName, RecordId), byte[]> Previous { get; } = [];
}
