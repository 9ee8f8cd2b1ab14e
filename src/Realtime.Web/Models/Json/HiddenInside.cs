using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Realtime.Web.Models.Json;

/// <summary>
/// What clients never see of an object that a record holds: an owned object, a complex one, or a collection of such. It depends on the
/// place, not on the class alone: the street of one address may be hidden, and that of another shown.
/// </summary>
internal sealed class HiddenInside
{
    // By JSON name: null for what is hidden, otherwise what is hidden further inside.
    private readonly FrozenDictionary<string, HiddenInside?> _members;

    private HiddenInside(IEnumerable<KeyValuePair<string, HiddenInside?>> members) => _members = members.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The names of members that are hidden.</summary>
    public IEnumerable<string> Hidden => _members.Where(member => member.Value is null).Select(member => member.Key);

    /// <summary>The members that have something hidden inside.</summary>
    public IEnumerable<(string Name, HiddenInside Inside)> Further =>
        _members.Where(member => member.Value is not null).Select(member => (member.Key, member.Value!));

    /// <summary>What is hidden inside an attribute.</summary>
    /// <param name="member">The attribute.</param>
    /// <param name="isHidden">What is.</param>
    /// <param name="json">How it is written.</param>
    /// <returns>Null where nothing is, as of every column.</returns>
    /// <exception cref="InvalidOperationException">Something is hidden in a class whose own converter writes it.</exception>
    public static HiddenInside? Of(IPropertyBase member, Func<IReadOnlyPropertyBase, bool> isHidden, JsonSerializerOptions json)
    {
        var hidden = member switch
        {
            INavigation navigation when navigation.TargetEntityType.IsOwned() => MembersOf(navigation.TargetEntityType, isHidden, json),
            IComplexProperty complex => MembersOf(complex.ComplexType, isHidden, json),
            _ => [],
        };
        return hidden.Count > 0 ? new HiddenInside(hidden) : null;
    }

    /// <summary>Writes an object, or a list of them, without what is hidden.</summary>
    public void Write(Utf8JsonWriter json, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Array:
                json.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                    Write(json, item);
                json.WriteEndArray();
                break;
            case JsonValueKind.Object:
                json.WriteStartObject();
                foreach (var member in value.EnumerateObject())
                    Write(json, member);
                json.WriteEndObject();
                break;
            default:
                value.WriteTo(json);
                break;
        }
    }

    private void Write(Utf8JsonWriter json, JsonProperty member)
    {
        if (!_members.TryGetValue(member.Name, out var inside))
        {
            member.WriteTo(json);
        }
        else if (inside is not null)
        {
            json.WritePropertyName(member.Name);
            inside.Write(json, member.Value);
        }
    }

    private static Dictionary<string, HiddenInside?> MembersOf(ITypeBase type, Func<IReadOnlyPropertyBase, bool> isHidden, JsonSerializerOptions json)
    {
        IEnumerable<IPropertyBase> members = [.. type.GetProperties(), .. type.GetComplexProperties(), .. (type as IEntityType)?.GetNavigations() ?? []];
        var hidden = new Dictionary<string, HiddenInside?>(StringComparer.Ordinal);
        foreach (var member in members)
        {
            var (hides, inside) = (isHidden(member), Of(member, isHidden, json));
            if ((hides || inside is not null) && NameOf(member, type, json) is { } name)
                hidden[name] = hides ? null : inside;
        }
        return hidden;
    }

    // Null where it is not written anyway: what is in no class, and what is ignored.
    private static string? NameOf(IPropertyBase member, ITypeBase type, JsonSerializerOptions json)
    {
        if ((member.PropertyInfo?.Name ?? member.FieldInfo?.Name) is not { } name)
            return null;
        var written = json.GetTypeInfo(type.ClrType);
        if (written.Kind == JsonTypeInfoKind.Object)
            return written.Properties.FirstOrDefault(property => property.AttributeProvider is System.Reflection.MemberInfo known && known.Name == name)?.Name;
        throw new InvalidOperationException(
            $"{type.ClrType.Name}.{name} is hidden, but a converter of {type.ClrType.Name} writes it: hide the attribute that holds it as a whole.");
    }
}
