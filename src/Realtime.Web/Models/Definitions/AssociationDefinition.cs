namespace Realtime.Web.Models.Definitions;

/// <summary>An association, as a file defines it (contract G-3).</summary>
/// <param name="Name">Its name.</param>
/// <param name="Target">The identity of the model at its other end.</param>
/// <param name="IsPlural">Whether it is a <c>collection</c>, not a <c>model</c>.</param>
internal sealed record AssociationDefinition(string Name, ModelName Target, bool IsPlural)
{
    /// <summary>For a collection: the attribute of the other model that is the same association; null where it has none.</summary>
    public string? Via { get; init; }

    /// <summary>For a <c>model</c>: the name of the column.</summary>
    public required string Column { get; init; }

    /// <summary>For a <c>model</c>: whether a record cannot be without.</summary>
    public bool IsRequired { get; init; }

    /// <summary>For a <c>model</c>: whether no two records may have the same.</summary>
    public bool IsUnique { get; init; }
}
