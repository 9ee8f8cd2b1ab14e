namespace Realtime.Web.Blueprints.Writing;

/// <summary>What is wrong with the values of a record, attribute by attribute.</summary>
internal sealed class RecordErrors
{
    private readonly SortedDictionary<string, List<string>> _byAttribute = new(StringComparer.Ordinal);

    public bool Any => _byAttribute.Count > 0;

    public IReadOnlyDictionary<string, string[]> ByAttribute => _byAttribute.ToDictionary(pair => pair.Key, pair => pair.Value.ToArray());

    /// <summary>All of it in one sentence after the other.</summary>
    public string Details => string.Join(' ', _byAttribute.Values.SelectMany(reasons => reasons));

    public void Add(string attribute, string reason)
    {
        if (!_byAttribute.TryGetValue(attribute, out var reasons))
            _byAttribute[attribute] = reasons = [];
        if (!reasons.Contains(reason))
            reasons.Add(reason);
    }

    public bool Has(string attribute) => _byAttribute.ContainsKey(attribute);
}
