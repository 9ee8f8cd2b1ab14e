using System.Collections.Frozen;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Realtime.Web.Blueprints.Criteria;

/// <summary>
/// The attributes of a model that criteria may name: by their JSON name, exactly, or by the name of the property; the
/// primary key, where it is one attribute, also as <c>id</c>.
/// </summary>
internal sealed class ModelAttributes
{
    private readonly FrozenDictionary<string, ModelAttribute> _byName;
    private readonly string _known;

    public ModelAttributes(IEntityType model, CriteriaOptions options)
    {
        Model = model;
        Visible = [.. MembersOf(model).Where(member => !options.IsHidden(member)).Select(member => new ModelAttribute(options.NameOf(member), member))];
        Key = [.. (model.FindPrimaryKey()?.Properties ?? []).Select(property => new ModelAttribute(options.NameOf(property), property))];
        Associations = [.. Visible.Where(attribute => attribute.Association is not null)];

        var byName = new Dictionary<string, ModelAttribute>(StringComparer.Ordinal);
        foreach (var attribute in Visible)
            byName.TryAdd(attribute.Name, attribute);
        foreach (var attribute in Visible)
            byName.TryAdd(attribute.Member.Name, attribute);
        if (Key is [var key] && byName.TryGetValue(key.Member.Name, out var visibleKey))
            byName.TryAdd("id", visibleKey);
        _byName = byName.ToFrozenDictionary(StringComparer.Ordinal);
        _known = string.Join(", ", Visible.Select(attribute => attribute.Name).Order(StringComparer.Ordinal));
    }

    public IEntityType Model { get; }

    public IReadOnlyList<ModelAttribute> Visible { get; }

    /// <summary>The primary key, hidden or not; empty for a model without one.</summary>
    public IReadOnlyList<ModelAttribute> Key { get; }

    public IReadOnlyList<ModelAttribute> Associations { get; }

    /// <exception cref="Realtime.Actors.RealtimeException">There is none of this name.</exception>
    public ModelAttribute this[string name]
    {
        get
        {
            if (_byName.TryGetValue(name, out var attribute))
                return attribute;
            throw CriteriaCodes.Refuse(name.Contains('.')
                ? $"{CriteriaCodes.Quote(name)} is a dotted name: criteria are about attributes of the model itself, which are: {_known}."
                : $"There is no attribute {CriteriaCodes.Quote(name)}: the model has {_known}.");
        }
    }

    public ModelAttribute? Find(string name) => _byName.GetValueOrDefault(name);

    private static IEnumerable<IPropertyBase> MembersOf(IEntityType model) =>
        [.. model.GetProperties(), .. model.GetComplexProperties(), .. model.GetNavigations(), .. model.GetSkipNavigations()];
}
