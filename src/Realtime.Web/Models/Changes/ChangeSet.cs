namespace Realtime.Web.Models.Changes;

/// <summary>What one save changes, taken down before it is executed.</summary>
internal sealed class ChangeSet(ChangeOrigin origin)
{
    public ChangeOrigin Origin { get; } = origin;

    /// <summary>Names the save among all saves, so that a retried publish is recognised.</summary>
    public string Id { get; } = Guid.CreateVersion7().ToString("n");

    public List<RecordChange> Records { get; } = [];

    public List<LinkChange> Links { get; } = [];

    /// <summary>New records with what they are associated with, where their events bring that along: JSON by model and id (D-7).</summary>
    public Dictionary<(ModelName, RecordId), byte[]> Populated { get; } = [];

    public bool IsEmpty => Records.Count == 0 && Links.Count == 0;
}
