namespace Realtime.Web.Blueprints.Criteria;

/// <summary>One attribute that records are sorted by.</summary>
public sealed class SortKey
{
    internal SortKey(ModelAttribute by, bool descending) => (By, Descending) = (by, descending);

    /// <summary>The JSON name of the attribute.</summary>
    public string Attribute => By.Name;

    /// <summary>Whether the greatest comes first.</summary>
    public bool Descending { get; }

    internal ModelAttribute By { get; }
}
