using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Realtime.Web.Models.Json;

/// <summary>
/// Keeps what is <see cref="HiddenAttribute"/> to the server also where it is a member of an object that a record holds: an owned
/// object, a complex one, a JSON column. Such objects are written as a whole, without anybody asking for their members.
/// </summary>
internal static class HiddenMembers
{
    /// <summary>The same options, but for what is hidden. It is still read: clients may write it.</summary>
    public static JsonSerializerOptions Without(JsonSerializerOptions options) => new(options)
    {
        TypeInfoResolver = (options.TypeInfoResolver ?? new DefaultJsonTypeInfoResolver()).WithAddedModifier(Hide),
    };

    /// <summary>Whether a member of an object is hidden.</summary>
    public static bool IsHidden(JsonPropertyInfo member) => member.AttributeProvider?.IsDefined(typeof(HiddenAttribute), inherit: true) == true;

    private static void Hide(JsonTypeInfo type)
    {
        foreach (var member in type.Properties.Where(IsHidden))
            member.ShouldSerialize = static (_, _) => false;
    }
}
