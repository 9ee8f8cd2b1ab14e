using System.Text.Json;
using Realtime.Actors;

namespace Realtime.Web.Blueprints.Criteria;

/// <summary>
/// Understands <c>sort</c> in all its forms (contract B-12): <c>name</c>, <c>name DESC</c>, <c>{"name":-1}</c>,
/// <c>["name", {"age":"DESC"}]</c>, as JSON or as a text that holds it.
/// </summary>
internal sealed class SortReader(ModelAttributes attributes)
{
    private readonly List<SortKey> _keys = [];

    public IReadOnlyList<SortKey> Read(Given sort)
    {
        if (sort.IsBlank)
            return [];
        if (sort.Kind == GivenKind.Text)
            sort = Unquoted(sort);
        if (sort.Kind == GivenKind.List)
        {
            foreach (var item in sort.Items)
                Add(item);
        }
        else
            Add(sort);
        return _keys;
    }

    private static Given Unquoted(Given sort)
    {
        if (sort.Text.TrimStart() is not ['[' or '{' or '"', ..])
            return sort;
        try
        {
            return Given.Parse(sort.Text);
        }
        catch (JsonException e)
        {
            throw CriteriaCodes.Refuse($"The sort {sort} looks like JSON, but is not: {e.Message}", e);
        }
    }

    private void Add(Given item)
    {
        if (item.Kind == GivenKind.Text)
        {
            var words = item.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words is not [_] and not [_, _])
                throw Misread(item);
            Add(words[0], words is [_, var direction] ? direction : "ASC");
            return;
        }
        if (item.Kind != GivenKind.Object)
            throw Misread(item);
        foreach (var (name, direction) in item.Members)
            Add(name, direction.Kind is GivenKind.Text or GivenKind.Number ? direction.Text : direction.ToString());
    }

    private void Add(string name, string direction)
    {
        var attribute = attributes[name];
        if (attribute.Column is null || !attribute.IsSortable)
            throw CriteriaCodes.Refuse($"Records cannot be sorted by the attribute \"{attribute.Name}\": its values have no order in the datastore.");
        if (_keys.Exists(key => key.By.Column == attribute.Column))
            throw CriteriaCodes.Refuse($"The sort names the attribute \"{attribute.Name}\" twice.");
        var descending = direction.ToUpperInvariant() switch
        {
            "ASC" or "1" => false,
            "DESC" or "-1" => true,
            _ => throw CriteriaCodes.Refuse($"The sort direction of \"{attribute.Name}\" is ASC or DESC (or 1 or -1), not {CriteriaCodes.Quote(direction)}."),
        };
        _keys.Add(new SortKey(attribute, descending));
    }

    private static RealtimeException Misread(Given item) => CriteriaCodes.Refuse(
        $"A sort is \"name\", \"name DESC\", {{\"name\":-1}}, or a list of these, not {item}.");
}
