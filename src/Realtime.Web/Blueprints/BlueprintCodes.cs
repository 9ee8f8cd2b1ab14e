namespace Realtime.Web.Blueprints;

/// <summary>The codes of refused blueprint requests, by the names that front ends of Sails know (contract B-27, B-28). All mean status 400.</summary>
public static class BlueprintCodes
{
    /// <summary><c>create</c>: a wrong type, a missing value, a broken rule.</summary>
    public const string InvalidNewRecord = "E_INVALID_NEW_RECORD";

    /// <summary><c>update</c>: the same.</summary>
    public const string InvalidValuesToSet = "E_INVALID_VALUES_TO_SET";

    /// <summary>Children that are none, or that cannot be added or removed.</summary>
    public const string InvalidAssociatedIds = "E_INVALID_ASSOCIATED_IDS";

    /// <summary>Another record has the value already.</summary>
    public const string Unique = "E_UNIQUE";

    /// <summary>The record was changed by somebody else meanwhile; status 409.</summary>
    public const string Conflict = "E_CONFLICT";

    /// <summary>Other records need this one, so it cannot go.</summary>
    public const string InUse = "E_IN_USE";
}
