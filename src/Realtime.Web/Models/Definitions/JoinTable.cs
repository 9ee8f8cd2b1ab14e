namespace Realtime.Web.Models.Definitions;

/// <summary>The table of a many-to-many association, named as in Sails: <c>user_groups__group_users</c>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Parent">The column with the key of the model that the association belongs to.</param>
/// <param name="Child">The column with the key of the other one.</param>
internal sealed record JoinTable(string Name, string Parent, string Child)
{
    public static JoinTable Of(ModelDefinition model, AssociationDefinition association, AssociationDefinition? other)
    {
        var parent = $"{model.Name}_{association.Name}";
        var child = $"{association.Target}_{other?.Name ?? $"of_{association.Name}"}";
        return new JoinTable($"{parent}__{child}", parent, child);
    }
}
