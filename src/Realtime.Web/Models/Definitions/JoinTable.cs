using System.Security.Cryptography;
using System.Text;

namespace Realtime.Web.Models.Definitions;

/// <summary>The table of a many-to-many association, named as in Sails: <c>user_groups__group_users</c>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Parent">The column with the key of the model that the association belongs to.</param>
/// <param name="Child">The column with the key of the other one.</param>
internal sealed record JoinTable(string Name, string Parent, string Child)
{
    private const int Longest = 50;
    private const int HashLength = 8;

    public static JoinTable Of(ModelDefinition model, AssociationDefinition association, AssociationDefinition? other)
    {
        var parent = $"{model.Name}_{association.Name}";
        var child = $"{association.Target}_{other?.Name ?? $"of_{association.Name}"}";
        return new JoinTable(Short($"{parent}__{child}"), Short(parent), Short(child));
    }

    // What is too long for PostgreSQL is cut off there, and then two names may be the same. Indexes put something in front.
    private static string Short(string name) => name.Length <= Longest
        ? name
        : $"{name[..(Longest - HashLength)]}{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..HashLength].ToLowerInvariant()}";
}
