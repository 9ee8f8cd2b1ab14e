using Realtime.Actors;

namespace Realtime.Web.Blueprints.Criteria;

/// <summary>The codes of a refused criterion, by the names that front ends of Sails know (contract B-27). Both mean status 400.</summary>
public static class CriteriaCodes
{
    /// <summary>A filter, <c>where</c>, <c>limit</c>, <c>skip</c>, <c>sort</c>, <c>select</c> or <c>omit</c> that cannot be used.</summary>
    public const string InvalidCriteria = "E_INVALID_CRITERIA";

    /// <summary><c>populate</c> names something that is no association of the model.</summary>
    public const string InvalidPopulates = "E_INVALID_POPULATES";

    internal static RealtimeException Refuse(string reason, Exception? inner = null) => new(InvalidCriteria, reason, inner);

    internal static RealtimeException RefusePopulate(string reason) => new(InvalidPopulates, reason);

    // What a caller wrote goes back in a sentence: enough of it to be recognised, not a page.
    internal static string Quote(string text) => text.Length <= 64 ? $"\"{text}\"" : $"\"{text[..64]}…\"";
}
