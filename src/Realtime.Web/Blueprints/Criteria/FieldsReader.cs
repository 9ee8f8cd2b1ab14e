using System.Collections.Frozen;

namespace Realtime.Web.Blueprints.Criteria;

/// <summary>Understands <c>select</c> and <c>omit</c> (contract B-13): select wins, the primary key always comes along.</summary>
internal static class FieldsReader
{
    /// <summary>The JSON names of what an answer shows, or null for everything.</summary>
    public static IReadOnlySet<string>? Read(ModelAttributes attributes, Given? select, Given? omit)
    {
        if (select is { IsBlank: false } selected)
        {
            var names = Names("select", selected);
            return names is ["*"] ? null : Shown(attributes, Resolve(attributes, "select", names).Contains);
        }
        if (omit is not { IsBlank: false } omitted)
            return null;
        var left = Resolve(attributes, "omit", Names("omit", omitted));
        return Shown(attributes, name => !left.Contains(name));
    }

    private static IReadOnlyList<string> Names(string parameter, Given given) => NameList.TryRead(given)
        ?? throw CriteriaCodes.Refuse($"\"{parameter}\" takes attribute names, as a list or with commas between them, not {given}.");

    private static HashSet<string> Resolve(ModelAttributes attributes, string parameter, IReadOnlyList<string> names)
    {
        var resolved = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            var attribute = attributes[name];
            if (attribute.IsPlural && attribute.Association is not null)
                throw CriteriaCodes.Refuse($"\"{parameter}\" does not apply to the collection \"{attribute.Name}\": use populate.");
            resolved.Add(attribute.Name);
            // A singular association and its foreign key are one attribute to Sails.
            if (attribute.Association is not null && attribute.Column is { } column && attributes.Find(column.Name) is { } key)
                resolved.Add(key.Name);
        }
        return resolved;
    }

    private static FrozenSet<string> Shown(ModelAttributes attributes, Func<string, bool> isShown)
    {
        var key = attributes.Key.Select(attribute => attribute.Name).ToHashSet(StringComparer.Ordinal);
        return attributes.Visible.Where(attribute => !(attribute.Association is not null && attribute.IsPlural))
            .Select(attribute => attribute.Name)
            .Where(name => isShown(name) || key.Contains(name))
            .ToFrozenSet(StringComparer.Ordinal);
    }
}
