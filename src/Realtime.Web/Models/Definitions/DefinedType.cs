namespace Realtime.Web.Models.Definitions;

/// <summary>What the values of a defined attribute are.</summary>
internal enum DefinedType
{
    String,
    Number,
    Integer,
    Boolean,
    Json,
    Date,
    DateTime,
    Uuid,
}

/// <summary>What the members of <see cref="DefinedType"/> mean.</summary>
internal static class DefinedTypes
{
    /// <summary>By the names that definitions use.</summary>
    public static readonly IReadOnlyDictionary<string, DefinedType> ByName =
        Enum.GetValues<DefinedType>().ToDictionary(type => type.ToString().ToLowerInvariant(), StringComparer.Ordinal);

    /// <summary>The type of the property; the datastore is not asked to demand values, the rules are.</summary>
    public static Type ClrType(this DefinedType type) => type switch
    {
        DefinedType.String => typeof(string),
        DefinedType.Number => typeof(double?),
        DefinedType.Integer => typeof(long?),
        DefinedType.Boolean => typeof(bool?),
        DefinedType.Json => typeof(System.Text.Json.JsonElement?),
        DefinedType.Date => typeof(DateOnly?),
        // SQLite has no order for times with an offset; all times are UTC anyway.
        DefinedType.DateTime => typeof(DateTime?),
        _ => typeof(Guid?),
    };

    /// <summary>What an attribute has that nobody gave a value, as JSON; null where the type has nothing of the kind.</summary>
    public static string? BaseValue(this DefinedType type) => type switch
    {
        DefinedType.String => "\"\"",
        DefinedType.Number or DefinedType.Integer => "0",
        DefinedType.Boolean => "false",
        _ => null,
    };
}
