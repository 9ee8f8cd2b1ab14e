namespace Realtime.Web.Models.Definitions;

/// <summary>An attribute, as a file defines it.</summary>
internal sealed record AttributeDefinition(string Name, DefinedType Type)
{
    /// <summary>The name of the column.</summary>
    public required string Column { get; init; }

    /// <summary>Whether a new record must have a value, which must not be an empty text either.</summary>
    public bool IsRequired { get; init; }

    public bool IsUnique { get; init; }

    /// <summary>Whether null is a value.</summary>
    public bool AllowsNull { get; init; }

    /// <summary>What a new record has that was given no value, as JSON; null for null.</summary>
    public string? Initial { get; init; }

    /// <summary>Whether clients may write it, but never see it.</summary>
    public bool IsHidden { get; init; }

    /// <summary>Whether clients may see it, but never write it.</summary>
    public bool IsReadOnly { get; init; }

    /// <summary>Whether it says when the record came to be.</summary>
    public bool IsCreatedAt { get; init; }

    /// <summary>Whether it says when the record was last changed.</summary>
    public bool IsUpdatedAt { get; init; }

    /// <summary>What its values must comply with: names of rules and their arguments, as JSON.</summary>
    public IReadOnlyList<(string Rule, string Argument)> Rules { get; init; } = [];

    public bool IsKey => Name == ModelDefinition.Key;

    public bool IsTimestamp => IsCreatedAt || IsUpdatedAt;
}
